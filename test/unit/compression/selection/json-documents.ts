/** Documents as tools print them, made up: each at any size, the same at every run, with one thing in it that is odd. */

const HEX = '0123456789abcdef';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A sequence that looks random and is the same every time. */
function randomness(seed: number): (most: number) => number {
  let state = seed >>> 0;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

function text(alphabet: string, length: number, seed: number): string {
  const next = randomness(seed);
  return Array.from({ length }, () => alphabet.charAt(next(alphabet.length))).join('');
}

export const hex = (length: number, seed: number): string => text(HEX, length, seed);
export const base64 = (length: number, seed: number): string => text(BASE64, length, seed);

const time = (minute: number): string => new Date(Date.UTC(2025, 2, 4, 8, minute)).toISOString().replace('.000', '');
const range = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_item, index) => make(index));

/** `kubectl get pods -o json`; pod 5 can not pull its image, pod 9 was killed for its memory. */
export function podList(count: number): unknown {
  return {
    apiVersion: 'v1',
    kind: 'List',
    items: range(count, (index) => {
      const name = `checkout-${hex(10, index)}-${hex(5, index + 900)}`;
      const waiting = {
        waiting: { reason: 'ImagePullBackOff', message: `Back-off pulling image "registry.example/app:${index}"` },
      };
      const killed = {
        terminated: { exitCode: 137, reason: 'OOMKilled', startedAt: time(index), finishedAt: time(index + 7) },
      };
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name,
          namespace: index % 3 === 0 ? 'payments' : 'shop',
          uid: `${hex(8, index)}-${hex(4, index)}-${hex(12, index)}`,
          resourceVersion: String(90_000 + index),
          creationTimestamp: time(index),
          labels: { app: 'checkout', 'pod-template-hash': hex(10, index) },
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
              kind: 'Pod',
              spec: { containers: [{ name, image: hex(64, index) }] },
            }),
          },
          ownerReferences: [
            { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'checkout', uid: hex(32, 4), controller: true },
          ],
          managedFields: [
            {
              manager: 'kube-controller-manager',
              operation: 'Update',
              fieldsV1: { 'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } } },
            },
          ],
        },
        spec: {
          volumes: [
            {
              name: 'kube-api-access',
              projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607, path: 'token' } }] },
            },
          ],
          containers: [
            {
              name: 'app',
              image: `registry.example/app:${index}`,
              env: range(8, (at) => ({ name: `SETTING_${at}`, value: `value-${at}-${hex(8, at)}` })),
              resources: { limits: { cpu: '500m', memory: '256Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
              volumeMounts: [
                { name: 'kube-api-access', readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
              ],
              livenessProbe: { httpGet: { path: '/healthz', port: 8080, scheme: 'HTTP' }, failureThreshold: 3 },
            },
          ],
          nodeName: `node-${index % 4}`,
          tolerations: [
            { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
          ],
        },
        status: {
          phase: index === 5 ? 'Pending' : 'Running',
          conditions: [
            { type: 'Initialized', status: 'True', lastProbeTime: null, lastTransitionTime: time(index) },
            {
              type: 'Ready',
              status: index === 5 ? 'False' : 'True',
              lastProbeTime: null,
              lastTransitionTime: time(index + 1),
            },
          ],
          podIP: `10.1.${index}.7`,
          containerStatuses: [
            {
              name: 'app',
              state: index === 5 ? waiting : { running: { startedAt: time(index + 8) } },
              lastState: index === 9 ? killed : {},
              ready: index !== 5,
              restartCount: index === 9 ? 4 : 0,
              imageID: `registry.example/app@sha256:${hex(64, index)}`,
            },
          ],
        },
      };
    }),
  };
}

/** `kubectl get nodes -o json`; node 3 has no memory left. */
export function nodeList(count: number): unknown {
  return {
    apiVersion: 'v1',
    kind: 'NodeList',
    items: range(count, (index) => ({
      metadata: {
        name: `node-${index}`,
        labels: {
          'kubernetes.io/arch': 'amd64',
          'topology.kubernetes.io/zone': `eu-central-1${'abc'.charAt(index % 3)}`,
        },
        annotations: { 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
      },
      status: {
        capacity: { cpu: '8', memory: `${16_000_000 + index}Ki`, pods: '110' },
        conditions: ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
          type,
          status: type === 'Ready' || (type === 'MemoryPressure' && index === 3) ? 'True' : 'False',
          lastHeartbeatTime: time(index),
          reason: `Kubelet${type}`,
          message:
            index === 3 && type === 'MemoryPressure' ? 'kubelet has insufficient memory available' : 'kubelet is fine',
        })),
        images: range(20, (at) => ({
          names: [`registry.example/image-${at}@sha256:${hex(64, at)}`],
          sizeBytes: 1_000_000 * at,
        })),
        nodeInfo: { kernelVersion: '6.1.0', kubeletVersion: 'v1.31.2', machineID: hex(32, index) },
      },
    })),
  };
}

/** `aws ec2 describe-instances`; instance 4 is stopped. */
export function ec2Instances(count: number): unknown {
  return {
    Reservations: range(count, (index) => ({
      ReservationId: `r-${hex(17, index)}`,
      OwnerId: '123456789012',
      Groups: [],
      Instances: [
        {
          InstanceId: `i-${hex(17, index + 50)}`,
          ImageId: `ami-${hex(17, 1)}`,
          State: index === 4 ? { Code: 80, Name: 'stopped' } : { Code: 16, Name: 'running' },
          StateReason:
            index === 4
              ? {
                  Code: 'Client.UserInitiatedShutdown',
                  Message: 'Client.UserInitiatedShutdown: User initiated shutdown',
                }
              : undefined,
          InstanceType: index % 5 === 0 ? 'm5.large' : 't3.medium',
          LaunchTime: time(index),
          Placement: { AvailabilityZone: `eu-central-1${'abc'.charAt(index % 3)}`, Tenancy: 'default', GroupName: '' },
          PrivateIpAddress: `10.0.0.${index}`,
          Tags: [
            { Key: 'Name', Value: `web-${index}` },
            { Key: 'team', Value: 'shop' },
          ],
          NetworkInterfaces: [
            {
              NetworkInterfaceId: `eni-${hex(17, index)}`,
              MacAddress: '02:00:00:00:00:01',
              Groups: [{ GroupId: `sg-${hex(17, 3)}`, GroupName: 'web' }],
              Status: 'in-use',
            },
          ],
          BlockDeviceMappings: [
            {
              DeviceName: '/dev/xvda',
              Ebs: {
                AttachTime: time(index),
                DeleteOnTermination: true,
                Status: 'attached',
                VolumeId: `vol-${hex(17, index)}`,
              },
            },
          ],
        },
      ],
    })),
  };
}

/** A HAR dump of a browser; request 6 failed. */
export function har(count: number): unknown {
  return {
    log: {
      version: '1.2',
      creator: { name: 'WebInspector', version: '537.36' },
      pages: [
        { id: 'page_1', title: 'https://shop.example/cart', startedDateTime: time(0), pageTimings: { onLoad: 812.4 } },
      ],
      entries: range(count, (index) => ({
        startedDateTime: time(index),
        time: 12.5 * index,
        request: {
          method: index % 4 === 0 ? 'POST' : 'GET',
          url: `https://api.shop.example/v1/orders/${index}?expand=lines`,
          httpVersion: 'h2',
          headers: range(12, (at) => ({ name: `x-header-${at}`, value: hex(30, at) })),
          cookies: [{ name: 'session', value: hex(64, 5), httpOnly: true }],
          postData:
            index % 4 === 0
              ? { mimeType: 'application/json', text: JSON.stringify({ sku: `SKU-${index}`, quantity: index }) }
              : undefined,
        },
        response: {
          status: index === 6 ? 502 : 200,
          statusText: index === 6 ? 'Bad Gateway' : 'OK',
          headers: range(9, (at) => ({ name: `x-answer-${at}`, value: hex(24, at) })),
          content: {
            size: 2048,
            mimeType: 'application/json',
            text:
              index === 6
                ? '{"error":"upstream prematurely closed connection"}'
                : `{"order":${index},"note":"${hex(300, index)}"}`,
          },
        },
        timings: { blocked: 0.4, dns: -1, connect: -1, send: 0.2, wait: 11.2, receive: 0.7 },
      })),
    },
  };
}

/** An OpenAPI document with so many paths. */
export function openApi(count: number): unknown {
  const answers = {
    '200': { description: 'OK', content: { 'application/json': { schema: { $ref: '#/components/schemas/Item' } } } },
    '404': {
      description: 'Not found',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  };
  return {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '2.4.1', description: 'The shop. '.repeat(40) },
    servers: [{ url: 'https://api.shop.example/v2' }],
    paths: Object.fromEntries(
      range(count, (index) => [
        `/things-${index}/{id}`,
        {
          get: {
            operationId: `getThing${index}`,
            summary: `Reads thing ${index}`,
            tags: ['things'],
            parameters: [
              { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
              { name: 'expand', in: 'query', required: false, schema: { type: 'array', items: { type: 'string' } } },
            ],
            responses: answers,
            security: [{ bearer: [] }],
          },
          delete: {
            operationId: `deleteThing${index}`,
            summary: `Deletes thing ${index}`,
            tags: ['things'],
            responses: answers,
            deprecated: index === 7,
          },
        },
      ]),
    ),
    components: {
      schemas: Object.fromEntries(
        range(Math.ceil(count / 2), (index) => [
          `Schema${index}`,
          {
            type: 'object',
            required: ['id'],
            properties: Object.fromEntries(
              range(6, (at) => [
                `field${at}`,
                { type: 'string', description: `The field ${at} of schema ${index}.`, example: hex(12, at) },
              ]),
            ),
          },
        ]),
      ),
    },
  };
}

/** A document of the npm registry with so many versions. */
export function npmDocument(count: number): unknown {
  return {
    _id: 'left-right',
    _rev: `12-${hex(32, 1)}`,
    name: 'left-right',
    description: 'Says which way is up.',
    'dist-tags': { latest: `1.${count - 1}.0`, next: '2.0.0-rc.1' },
    versions: Object.fromEntries(
      range(count, (index) => [
        `1.${index}.0`,
        {
          name: 'left-right',
          version: `1.${index}.0`,
          main: 'index.js',
          deprecated: index === 3 ? 'Leaks memory, use 1.4.0 or later' : undefined,
          dependencies: { lodash: '^4.17.21', tslib: `^2.${index}.0` },
          devDependencies: { vitest: '^3.0.0', typescript: '^5.7.0' },
          dist: {
            shasum: hex(40, index),
            tarball: `https://packages.example.com/left-right/-/left-right-1.${index}.0.tgz`,
            integrity: `sha512-${base64(86, index)}==`,
            signatures: [{ keyid: 'SHA256:abc', sig: base64(96, index) }],
          },
          _npmUser: { name: 'dev', email: 'dev@example.com' },
          maintainers: [{ name: 'dev', email: 'dev@example.com' }],
        },
      ]),
    ),
    time: Object.fromEntries(range(count, (index) => [`1.${index}.0`, time(index)])),
    readme: `# left-right\n\n${'It says which way is up, and nothing else.\n'.repeat(120)}`,
  };
}

/** `terraform show -json` of a plan; one resource is replaced. */
export function terraformPlan(count: number): unknown {
  const values = (index: number) => ({
    id: `sg-${hex(17, index)}`,
    name: `group-${index}`,
    tags: { team: 'shop', env: 'prod' },
    ingress: [
      { from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'], description: '', self: false },
    ],
    timeouts: null,
    revoke_rules_on_delete: false,
  });
  return {
    format_version: '1.2',
    terraform_version: '1.9.5',
    planned_values: {
      root_module: {
        resources: range(count, (index) => ({
          address: `aws_security_group.group[${index}]`,
          mode: 'managed',
          type: 'aws_security_group',
          provider_name: 'registry.terraform.io/hashicorp/aws',
          schema_version: 1,
          values: values(index),
          sensitive_values: { tags: {}, ingress: [{}] },
        })),
      },
    },
    resource_changes: range(count, (index) => ({
      address: `aws_security_group.group[${index}]`,
      type: 'aws_security_group',
      change: {
        actions: index === 6 ? ['delete', 'create'] : ['no-op'],
        before: values(index),
        after: index === 6 ? { ...values(index), name: 'group-renamed' } : values(index),
        after_unknown: {},
        before_sensitive: { tags: {} },
        after_sensitive: { tags: {} },
      },
    })),
  };
}

/** An answer of Prometheus to a range query; one series has a peak. */
export function prometheusRange(series: number, points: number): unknown {
  const next = randomness(7);
  return {
    status: 'success',
    data: {
      resultType: 'matrix',
      result: range(series, (index) => ({
        metric: {
          __name__: 'http_requests_total',
          instance: `10.0.0.${index}:9090`,
          job: 'shop',
          code: index % 5 === 0 ? '500' : '200',
        },
        values: range(points, (at) => [
          1_741_075_200 + at * 15,
          String(index === 2 && at === 40 ? 987.5 : next(40) / 4),
        ]),
      })),
    },
  };
}

/** An answer of Elasticsearch; a shard failed. */
export function elasticsearchAnswer(count: number): unknown {
  return {
    took: 31,
    timed_out: false,
    _shards: {
      total: 5,
      successful: 4,
      skipped: 0,
      failed: 1,
      failures: [
        {
          shard: 2,
          index: 'logs-7',
          node: hex(22, 1),
          reason: { type: 'query_shard_exception', reason: 'No mapping found for [@timestamp] in order to sort on' },
        },
      ],
    },
    hits: {
      total: { value: 10_000, relation: 'gte' },
      max_score: 7.1,
      hits: range(count, (index) => ({
        _index: 'articles',
        _id: hex(20, index),
        _score: 7.1 - index / 10,
        _source: {
          title: `Article ${index} about shelves`,
          author: { name: `Author ${index % 4}`, id: index },
          body: `Shelves carry things. ${'They are made of wood, and of other things that carry. '.repeat(20)}The end of ${index}.`,
          embedding: range(64, (at) => Math.sin(index + at)),
          published: time(index),
        },
      })),
    },
  };
}

/** `docker inspect` of one container that was killed. */
export function dockerInspect(): unknown {
  return [
    {
      Id: hex(64, 1),
      Created: time(0),
      Path: 'docker-entrypoint.sh',
      Args: ['postgres'],
      State: {
        Status: 'exited',
        Running: false,
        OOMKilled: true,
        Dead: false,
        Pid: 0,
        ExitCode: 137,
        Error: '',
        StartedAt: time(0),
        FinishedAt: time(9),
      },
      Image: `sha256:${hex(64, 2)}`,
      Name: '/shop-db',
      RestartCount: 3,
      HostConfig: {
        Binds: ['/srv/db:/var/lib/postgresql/data'],
        NetworkMode: 'shop',
        Memory: 268_435_456,
        ...Object.fromEntries(range(40, (index) => [`Cpu${hex(6, index)}`, index % 3 === 0 ? null : 0])),
      },
      Mounts: [
        {
          Type: 'bind',
          Source: '/srv/db',
          Destination: '/var/lib/postgresql/data',
          Mode: 'rw',
          RW: true,
          Propagation: 'rprivate',
        },
      ],
      Config: {
        Hostname: hex(12, 1),
        Env: range(20, (index) => `SETTING_${index}=${hex(20, index)}`),
        Image: 'postgres:16.4',
        Labels: { 'com.docker.compose.service': 'db' },
      },
      NetworkSettings: { Networks: { shop: { IPAddress: '', Gateway: '', MacAddress: '', NetworkID: hex(64, 6) } } },
    },
  ];
}

/** A coverage report as Istanbul writes it. */
export function coverageFinal(count: number): unknown {
  return Object.fromEntries(
    range(count, (index) => {
      const path = `/srv/app/src/module-${index}.ts`;
      const spots = range(
        30,
        (at) => [String(at), { start: { line: at + 1, column: 2 }, end: { line: at + 1, column: 40 } }] as const,
      );
      return [
        path,
        {
          path,
          statementMap: Object.fromEntries(spots),
          fnMap: {},
          branchMap: {},
          s: Object.fromEntries(range(30, (at) => [String(at), (at * index) % 7])),
          f: {},
          b: {},
        },
      ];
    }),
  );
}

/** A GitHub webhook: one event, with the repository and its users said over and over. */
export function pullRequestEvent(): unknown {
  const user = (login: string) => ({
    login,
    id: login.length * 1_001,
    node_id: `MDQ6VXNlcjE=${login}`,
    ...Object.fromEntries(
      [
        'avatar',
        'html',
        'followers',
        'following',
        'gists',
        'starred',
        'subscriptions',
        'organizations',
        'repos',
        'events',
      ].map((kind) => [`${kind}_url`, `https://api.github.com/users/${login}/${kind}`]),
    ),
    type: 'User',
    site_admin: false,
  });
  const repo = {
    id: 186_853_002,
    name: 'shop',
    full_name: 'example/shop',
    private: false,
    owner: user('example'),
    ...Object.fromEntries(
      range(40, (index) => [`thing${index}_url`, `https://api.github.com/repos/example/shop/thing${index}{/number}`]),
    ),
    default_branch: 'main',
    stargazers_count: 12,
  };
  return {
    action: 'closed',
    number: 42,
    pull_request: {
      id: 279_147_437,
      number: 42,
      state: 'closed',
      title: 'Charge a card once',
      body: 'Retries charged twice. '.repeat(60),
      user: user('octocat'),
      merged: true,
      merge_commit_sha: hex(40, 8),
      head: { ref: 'charge-once', sha: hex(40, 9), repo },
      base: { ref: 'main', sha: hex(40, 10), repo },
      _links: {
        self: { href: 'https://api.github.com/repos/example/shop/pulls/42' },
        html: { href: 'https://github.com/example/shop/pull/42' },
      },
      merged_by: user('hubot'),
      additions: 31,
      deletions: 4,
    },
    repository: repo,
    sender: user('octocat'),
  };
}
