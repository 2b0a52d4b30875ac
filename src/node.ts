export {
  startHeadroomTelemetry,
  type HeadroomTelemetry,
  type HeadroomTelemetryOptions,
  type OtlpOptions,
} from './node/start-headroom-telemetry.ts';
