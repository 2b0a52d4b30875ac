import { createRandom } from './random.ts';
import { formatTime, INCIDENT, NEW_PODS, TIMELINE } from './timeline.ts';

/** The pods of payments at 02:30, as `kubectl get pods -o json` gives them: 8 items, two of them not ready. */
export function getPods(): object {
  const random = createRandom(8);
  const items = NEW_PODS.map((name, index) => {
    const startedAt = formatTime(TIMELINE.paymentsDeployed + 5_000 + index * 5_500);
    const ready = index !== 2 && index !== 5;
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        generateName: 'payments-5f8d6c9b7-',
        namespace: 'shop',
        uid: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`,
        creationTimestamp: startedAt,
        labels: {
          app: 'payments',
          version: INCIDENT.badVersion,
          team: 'money',
          'pod-template-hash': '5f8d6c9b7',
        },
        annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9464' },
      },
      spec: {
        nodeName: `ip-10-4-${random.integer(10, 40)}-${random.integer(2, 250)}.eu-central-1.compute.internal`,
        serviceAccountName: 'payments',
        containers: [
          {
            name: 'payments',
            image: `registry.internal/shop/payments:${INCIDENT.badVersion}`,
            ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
            env: [
              { name: 'NODE_ENV', value: 'production' },
              { name: 'DB_HOST', value: 'payments-db.internal' },
              { name: INCIDENT.oldVariable, value: '40' },
              { name: 'ACQUIRER_TIMEOUT_MS', value: '1500' },
              { name: 'LOG_LEVEL', value: 'debug' },
            ],
            resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } },
            readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 10, failureThreshold: 3 },
          },
        ],
        restartPolicy: 'Always',
        terminationGracePeriodSeconds: 30,
      },
      status: {
        phase: 'Running',
        podIP: `10.4.${random.integer(10, 40)}.${random.integer(2, 250)}`,
        startTime: startedAt,
        conditions: [
          { type: 'Initialized', status: 'True', lastTransitionTime: startedAt },
          ready
            ? { type: 'Ready', status: 'True', lastTransitionTime: startedAt }
            : {
                type: 'Ready',
                status: 'False',
                lastTransitionTime: formatTime(TIMELINE.paged + index * 9_000),
                reason: 'ContainersNotReady',
                message: 'Readiness probe failed: HTTP 503, pool exhausted',
              },
          { type: 'PodScheduled', status: 'True', lastTransitionTime: startedAt },
        ],
        containerStatuses: [
          {
            name: 'payments',
            ready,
            restartCount: 0,
            image: `registry.internal/shop/payments:${INCIDENT.badVersion}`,
            state: { running: { startedAt } },
          },
        ],
      },
    };
  });
  return { apiVersion: 'v1', kind: 'List', items };
}
