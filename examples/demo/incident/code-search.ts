import { INCIDENT } from './timeline.ts';

const OTHER_SERVICES = ['cart', 'catalog', 'checkout', 'inventory', 'notifications', 'orders', 'search', 'shipping'];

const PAYMENTS_HITS = [
  `services/payments/src/config/database.ts:16:  pool: { min: 1, max: loadConfig('${INCIDENT.newVariable}', 4) },`,
  `services/payments/test/config/database.test.ts:13:    stubConfig({ ${INCIDENT.newVariable}: 12 });`,
  `services/payments/README.md:41:| \`${INCIDENT.newVariable}\` | most connections of a pod | \`4\` |`,
  `deploy/charts/payments/values.yaml:37:  ${INCIDENT.oldVariable}: "40"`,
  `deploy/charts/payments/values-staging.yaml:22:  ${INCIDENT.oldVariable}: "4"`,
  `deploy/charts/payments/templates/deployment.yaml:58:            - name: ${INCIDENT.oldVariable}`,
  `deploy/charts/payments/templates/deployment.yaml:59:              value: {{ .Values.env.${INCIDENT.oldVariable} | quote }}`,
  `docs/runbooks/payments.md:112:Raise \`${INCIDENT.oldVariable}\` in the chart when \`payments_pool_waiting\` stays above zero.`,
];

/** Every place that names the size of a database pool, as grep prints them: 64 hits in 55 files. */
export function searchCode({ pattern }: { readonly pattern: string }): string {
  const wanted = pattern.toLowerCase();
  const hits = [...PAYMENTS_HITS, ...OTHER_SERVICES.flatMap(hitsIn)].sort();
  return hits.filter((hit) => hit.toLowerCase().includes(wanted)).join('\n');
}

function hitsIn(service: string): readonly string[] {
  const old = INCIDENT.oldVariable;
  return [
    `services/${service}/src/config/database.ts:12:    pool: { min: 4, max: Number(env.${old} ?? 40) },`,
    `services/${service}/test/config/database.test.ts:11:    vi.stubEnv('${old}', '12');`,
    `services/${service}/README.md:38:| \`${old}\` | most connections of a pod | \`40\` |`,
    `deploy/charts/${service}/values.yaml:31:  ${old}: "40"`,
    `deploy/charts/${service}/templates/deployment.yaml:52:            - name: ${old}`,
    `deploy/charts/${service}/templates/deployment.yaml:53:              value: {{ .Values.env.${old} | quote }}`,
    `docs/runbooks/${service}.md:64:Raise \`${old}\` in the chart when the pool of ${service} has waiters.`,
  ];
}
