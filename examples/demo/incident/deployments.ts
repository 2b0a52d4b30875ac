import { createRandom } from './random.ts';
import { formatTime, INCIDENT, TIMELINE } from './timeline.ts';

export interface Deployment {
  readonly id: string;
  readonly service: string;
  readonly version: string;
  readonly previousVersion: string;
  readonly environment: string;
  readonly cluster: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly status: string;
  readonly strategy: { readonly type: string; readonly maxSurge: string; readonly maxUnavailable: number };
  readonly commit: { readonly sha: string; readonly author: string; readonly message: string };
  readonly replicas: { readonly desired: number; readonly updated: number; readonly ready: number };
  readonly trigger: string;
}

const SERVICES = [
  ['catalog', '7.1.', 6],
  ['search', '2.40.', 5],
  ['cart', '5.9.', 6],
  ['inventory', '3.3.', 4],
  ['gateway', '11.0.', 8],
  ['notifications', '1.27.', 3],
  ['recommendations', '0.88.', 4],
  ['shipping', '2.6.', 3],
] as const;

const AUTHORS = ['a.ferreira', 'm.okafor', 'j.lindqvist', 's.tanaka', 'l.moreau', 'renovate-bot'];

const MESSAGES = [
  'Bump base image to node 22.14',
  'Cache category tree for five minutes',
  'Add tracing to the outbox worker',
  'Translate e-mail templates to Polish',
  'Retry carrier rate requests once',
  'Remove the old price endpoint',
  'Lower log level of health checks',
  'Sort facets by count',
  'Update dependencies',
  'Move feature flags to the shared client',
];

/** The releases of three days, oldest first: 82 records, four of them in the hours that matter. */
export function listDeployments(): readonly Deployment[] {
  const random = createRandom(1_104);
  const routine = Array.from({ length: 78 }, (_, index) => {
    const [service, line, replicas] = random.pick(SERVICES);
    const build = 10 + Math.floor(index / 8);
    return deployment(
      {
        service,
        version: `${line}${build + 1}`,
        previousVersion: `${line}${build}`,
        startedMs: Date.UTC(2026, 2, 9, 6) + index * 2_880_000 + random.integer(0, 2_400_000),
        author: random.pick(AUTHORS),
        message: random.pick(MESSAGES),
        replicas,
        trigger: random.chance(0.8) ? 'merge to main' : 'manual',
      },
      { id: `dep_${9_312 + index}`, sha: random.hex(10), tookMs: random.integer(35_000, 95_000) },
    );
  }).filter(({ startedAt }) => startedAt < formatTime(TIMELINE.catalogDeployed));
  const night = [
    deployment(
      {
        service: 'catalog',
        version: '7.2.1',
        previousVersion: '7.1.19',
        startedMs: TIMELINE.catalogDeployed,
        author: 'l.moreau',
        message: 'Show delivery dates in the product list',
        replicas: 6,
        trigger: 'merge to main',
      },
      { id: 'dep_9391', sha: random.hex(10), tookMs: 61_000 },
    ),
    deployment(
      {
        service: 'payments',
        version: INCIDENT.badVersion,
        previousVersion: INCIDENT.goodVersion,
        startedMs: TIMELINE.paymentsDeployed,
        author: 'm.okafor',
        message: 'Read settings through the shared config loader',
        replicas: 8,
        trigger: 'merge to main',
      },
      { id: 'dep_9392', sha: '8f41c07be2', tookMs: 51_000 },
    ),
    deployment(
      {
        service: 'payments',
        version: INCIDENT.goodVersion,
        previousVersion: INCIDENT.badVersion,
        startedMs: TIMELINE.rolledBack,
        author: 'on-call',
        message: 'Roll back, checkout is failing',
        replicas: 8,
        trigger: 'rollback',
      },
      { id: 'dep_9393', sha: '1d90ab33f7', tookMs: 48_000 },
    ),
  ];
  return [...routine, ...night];
}

interface Release {
  readonly service: string;
  readonly version: string;
  readonly previousVersion: string;
  readonly startedMs: number;
  readonly author: string;
  readonly message: string;
  readonly replicas: number;
  readonly trigger: string;
}

function deployment(release: Release, made: { id: string; sha: string; tookMs: number }): Deployment {
  const { service, version, previousVersion, startedMs, author, message, replicas, trigger } = release;
  return {
    id: made.id,
    service,
    version,
    previousVersion,
    environment: 'production',
    cluster: 'eu-central-1-shop',
    startedAt: formatTime(startedMs),
    finishedAt: formatTime(startedMs + made.tookMs),
    status: 'succeeded',
    strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: 0 },
    commit: { sha: made.sha, author, message },
    replicas: { desired: replicas, updated: replicas, ready: replicas },
    trigger,
  };
}
