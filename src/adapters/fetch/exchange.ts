import { AsyncLocalStorage } from 'node:async_hooks';
import { isGivenUp } from '../../is-abort.ts';
import { beginAttempt, type Attempt } from '../../model/model-call.ts';
import { readClientCall, type ClientApi, type ClientCall } from './client-call.ts';
import type { ClientWiring } from './client-wiring.ts';
import { observeResponse } from './observe-response.ts';
import { NamedError } from './named-error.ts';
import { spliceValues } from './splice-values.ts';

/** A request that may call a model. */
export interface ClientRequest {
  readonly api: ClientApi;
  readonly url: string;
  readonly body: string;
  readonly signal: AbortSignal | undefined;
  /** Whether what is signed covers the body, so that it can not be another. */
  readonly isSigned: boolean;
}

/** A wrapped `fetch` below a middleware leaves its requests alone: they are compressed and told of already. */
const exchanging = new AsyncLocalStorage<true>();

/**
 * Sends a request with its tool results in fewer tokens, and tells of the call. `send` gets the very body that the request
 * has where nothing changed. Nothing of ours reaches the caller but a `HeadroomBudgetError`.
 */
export async function exchange(
  wiring: ClientWiring,
  request: ClientRequest,
  send: (body: string) => Promise<Response>,
): Promise<Response> {
  const call = exchanging.getStore() === true ? undefined : readClientCall(request, wiring.provider);
  if (call === undefined) return send(request.body);
  const { events, failedBodies } = wiring;
  if (request.isSigned) tellOfSignature(wiring);
  const attempt = await begin(wiring, request, call);
  const body = bodyOf(wiring, request, call, attempt);
  const fail = (error: unknown): void => {
    failedBodies.add(request.body);
    const outcome = isGivenUp(error, request.signal) ? 'aborted' : 'error';
    attempt.end({ outcome, endedBy: 'host', error });
  };
  let response: Response;
  try {
    response = await attempt.run(() => exchanging.run(true, () => send(body)));
  } catch (error) {
    fail(error);
    throw error;
  }
  if (!response.ok) {
    fail(new NamedError(String(response.status)));
    return response;
  }
  try {
    return observeResponse(response, {
      call,
      attempt,
      signal: request.signal,
      onFailure: () => failedBodies.add(request.body),
    });
  } catch (error) {
    // A response of another make, whose body can not be read in passing.
    events.fault('hook', 'A response could not be observed; its call ended where its headers arrived.', error);
    attempt.end({ outcome: 'ok', endedBy: 'host' });
    return response;
  }
}

async function begin(
  wiring: ClientWiring,
  request: ClientRequest,
  call: ClientCall,
): Promise<Attempt<ClientCall['options']>> {
  const { provider, model: modelId, options } = call;
  const keepsAll = call.hasUnknownCalls && wiring.options.loss !== 'allowed';
  const own = { ...(keepsAll ? { loss: 'none' } : {}), ...(request.isSigned ? { mode: 'off' } : {}) };
  return beginAttempt(
    {
      ...wiring,
      model: { provider, modelId },
      failedPrompts: new WeakSet(wiring.failedBodies.take(request.body) ? [options.prompt] : []),
    },
    { ...options, providerOptions: { ...options.providerOptions, headroom: own } },
    call.streaming,
  );
}

function bodyOf(
  { events }: ClientWiring,
  { body }: ClientRequest,
  { options, listKey }: ClientCall,
  attempt: Attempt<ClientCall['options']>,
): string {
  try {
    const { prompt } = attempt.options;
    return prompt === options.prompt ? body : spliceValues(body, [listKey], options.prompt, prompt);
  } catch (error) {
    events.fault('compression', 'A request could not be rewritten; it was sent as it is.', error);
    return body;
  }
}

function tellOfSignature({ events, told }: ClientWiring): void {
  if (told.has('signature')) return;
  told.add('signature');
  const message = 'Signed requests are sent as they are. Where the client has middleware, use headroomMiddleware().';
  events.fault('call-options', message, new NamedError('SignedRequest'));
}
