const WRONG_HOOKS: readonly unknown[] = [
  { preHooks: ['log'] },
  { postHooks: {} },
  { preHooks: [undefined] },
  { agent: 1 },
  { hooks: [] },
];

export const WRONG_COMPRESSION: readonly unknown[] = [
  { compression: { loss: 'some' } },
  { compression: { nothing: 1 } },
];

/** Of options that are wrong, hooks that are none and the others given: those that are not refused as options. */
export function acceptedOptions(create: (options: never) => unknown, others: readonly unknown[]): readonly unknown[] {
  return [...WRONG_HOOKS, ...others].filter((options) => !/option/.test(codeOfRefusal(() => create(options as never))));
}

function codeOfRefusal(create: () => unknown): string {
  try {
    create();
    return '';
  } catch (error) {
    return String((error as { readonly code?: unknown }).code);
  }
}
