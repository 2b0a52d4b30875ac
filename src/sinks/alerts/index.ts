export { createTokenAlerts, type TokenAlertsOptions } from './token-alerts.ts';
