export { createAlerts, type Alerts, type AlertsFigures, type AlertsOptions } from './create-alerts.ts';
export { createAlertmanagerDestination, type AlertmanagerOptions } from './delivery/alertmanager.ts';
export type { OnAlert } from './delivery/callback.ts';
export type { DeliveryFigures } from './delivery/delivery-chain.ts';
export {
  AlertDeliveryError,
  type Alert,
  type AlertDestination,
  type AlertNotice,
  type DeliveryContext,
} from './delivery/destination.ts';
export type { HttpDestinationOptions } from './delivery/http-options.ts';
export { createSlackDestination, type SlackOptions } from './delivery/slack.ts';
export { createWebhookDestination, type WebhookOptions } from './delivery/webhook.ts';
export type { CostOf } from '../../tokens/prices.ts';
export type {
  AbsenceAlertRule,
  AlertAmount,
  AlertName,
  AlertRule,
  AlertSeverity,
  BudgetAlertRule,
  CacheHitAlertRule,
  ErrorRatioAlertRule,
  LatencyAlertRule,
  LoopAlertRule,
  RequestAlertRule,
  RunAlertRule,
  SavingsAlertRule,
  SessionAlertRule,
  WatchedEvent,
  WindowAlertRule,
} from './rule.ts';
export type { AlertsSnapshot } from './snapshot.ts';
export { createTokenAlerts, type TokenAlertsOptions } from './token-alerts.ts';
