import { AlertDeliveryError, type Alert, type AlertDestination } from './destination.ts';

/** Told of an alert. The signal is aborted when it takes more than five seconds. */
export type OnAlert = (alert: Alert, context: { readonly signal: AbortSignal }) => void | Promise<void>;

/** A function of the user's, called once for each change. It is not called again when it fails: it may have done half. */
export function callbackDestination(onAlert: OnAlert): AlertDestination {
  return {
    name: 'on-alert',
    triesOnce: true,
    async deliver(notices, { signal }) {
      for (const { alert } of notices) {
        try {
          await onAlert(alert, { signal });
        } catch {
          throw new AlertDeliveryError('The callback failed.', { isRetryable: false });
        }
      }
    },
  };
}
