import { fieldOf, textAt } from '../field-of.ts';

export interface NamedModel {
  readonly provider: string;
  readonly modelId: string;
}

/** Whose models the classes of Strands call, in the words of the AI SDK. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['AnthropicModel', 'anthropic'],
  ['BedrockModel', 'amazon-bedrock'],
  ['GoogleModel', 'google'],
  ['OpenAIModel', 'openai'],
]);

/** Classes above a class that are looked at. */
const MOST_CLASSES = 10;

/** The provider and the id of a model, `unknown` where it does not say. Never throws. */
export function nameOfModel(model: unknown): NamedModel {
  try {
    return { provider: providerOf(model), modelId: textAt(configOf(model), 'modelId') ?? 'unknown' };
  } catch {
    return { provider: 'unknown', modelId: 'unknown' };
  }
}

export function configOf(model: unknown): unknown {
  const getConfig = fieldOf(model, 'getConfig');
  return typeof getConfig === 'function' ? getConfig.call(model) : undefined;
}

function providerOf(model: unknown): string {
  // A model of the AI SDK that is in a `VercelModel`.
  const inner = textAt(fieldOf(model, '_provider'), 'provider');
  if (inner !== undefined) return inner;
  let prototype: unknown = typeof model === 'object' && model !== null ? Object.getPrototypeOf(model) : undefined;
  for (let count = 0; typeof prototype === 'object' && prototype !== null && count < MOST_CLASSES; count += 1) {
    const known = PROVIDERS.get(textAt(fieldOf(prototype, 'constructor'), 'name') ?? '');
    if (known !== undefined) return known;
    prototype = Object.getPrototypeOf(prototype);
  }
  return 'unknown';
}
