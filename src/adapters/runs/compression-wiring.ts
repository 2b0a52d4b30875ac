import type { EventBus } from '../../events/bus.ts';
import { HeadroomModel, type HeadroomModelOptions } from '../../model/headroom-model.ts';
import type { LanguageModelLike } from '../../model/language-model.ts';
import { checkHooks, type RunHooks } from './run-hooks.ts';

export interface CompressionWiring {
  readonly hooks: RunHooks;
  /** Stands for the models of the runs, to say how they are set. */
  readonly template: HeadroomModel;
  /** For all models: with or without hooks, they are on one bus and have one store. */
  readonly settings: HeadroomModelOptions;
}

/**
 * Puts the hooks of an agent and the models that compress for it on one bus, the hooks' unless the options name another.
 * Throws a `HeadroomError` for what is not a hook and for options that can not work.
 */
export function wireCompression(
  owner: string,
  hooks: { readonly preHooks: unknown; readonly postHooks: unknown },
  { model, compression }: { readonly model: LanguageModelLike; readonly compression: HeadroomModelOptions },
): CompressionWiring {
  const shared = checkHooks(owner, hooks).events[0] as EventBus | undefined;
  const settings = { ...compression, events: compression.events ?? shared };
  const template = new HeadroomModel(model, settings);
  return {
    hooks: checkHooks(owner, { ...hooks, model: template }),
    template,
    settings: { ...settings, events: template.events },
  };
}
