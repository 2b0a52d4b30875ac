import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, SERVICES, timeAt, times } from './words.ts';

/** `kubectl get pods -o json`: forty pods, pretty as kubectl prints them, one of them killed again and again. */
export function kubernetesPods(): ToolOutput {
  const random = createRandom(12);
  const items = times(40, (index) => {
    const app = random.pick(SERVICES);
    const hash = `${random.hex(9)}-${random.hex(5)}`;
    const startedAt = timeAt(index * 61_000);
    const isKilled = index === 27;
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${app}-${hash}`,
        namespace: 'shop',
        uid: `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`,
        creationTimestamp: startedAt,
        labels: { app, 'pod-template-hash': hash.slice(0, 9), team: 'shop' },
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${app}-${hash.slice(0, 9)}`, controller: true },
        ],
      },
      spec: {
        containers: [
          {
            name: app,
            image: `registry.example/shop/${app}:2026.3.${random.integer(1, 4)}`,
            ports: [{ containerPort: 8080, protocol: 'TCP' }],
            resources: { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '250m', memory: '256Mi' } },
            terminationMessagePath: '/dev/termination-log',
            imagePullPolicy: 'IfNotPresent',
          },
        ],
        nodeName: `node-${random.integer(1, 6)}`,
        restartPolicy: 'Always',
        serviceAccountName: app,
      },
      status: {
        phase: 'Running',
        podIP: `10.4.${random.integer(0, 9)}.${random.integer(2, 250)}`,
        startTime: startedAt,
        conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
          type,
          status: isKilled && type.includes('Ready') ? 'False' : 'True',
          lastTransitionTime: startedAt,
        })),
        containerStatuses: [
          isKilled
            ? {
                name: app,
                ready: false,
                restartCount: 17,
                lastState: { terminated: { exitCode: 137, reason: 'OOMKilled', finishedAt: timeAt(9_000_000) } },
                state: {
                  waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' },
                },
              }
            : { name: app, ready: true, restartCount: 0, lastState: {}, state: { running: { startedAt } } },
        ],
      },
    };
  });
  return {
    name: 'pods.json',
    kind: 'kubernetes-json',
    tool: 'bash',
    arguments: { command: 'kubectl get pods -n shop -o json' },
    text: JSON.stringify({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }, undefined, 4),
    questions: [
      {
        query: 'Which pod restarts, and why?',
        needles: [{ text: 'OOMKilled' }, { text: items[27]?.metadata.name ?? '' }, { text: 'CrashLoopBackOff' }],
      },
    ],
  };
}
