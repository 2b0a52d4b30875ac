import type { ToolOutput } from './benchmark-case.ts';
import { createRandom, NOUNS, SERVICES, times } from './words.ts';

/** A compose file of thirty services. */
export function yamlConfig(): ToolOutput {
  const random = createRandom(26);
  const services = times(30, (index) => {
    const name = `${random.pick(SERVICES)}-${index}`;
    const memory = index === 21 ? '64M' : '512M';
    return `  ${name}:\n    image: registry.example/shop/${name}:2026.3\n    restart: unless-stopped\n    environment:\n      LOG_LEVEL: info\n      ${random.pick(NOUNS).toUpperCase()}_URL: https://${name}.internal:${random.integer(8_000, 9_000)}\n    deploy:\n      resources:\n        limits:\n          memory: ${memory}`;
  });
  return {
    name: 'compose.yaml',
    kind: 'config',
    tool: 'read_file',
    arguments: { path: 'compose.yaml' },
    text: `services:\n${services.join('\n')}\n`,
    questions: [{ query: 'Which service has the least memory?', needles: [{ text: 'memory: 64M', kind: 'outlier' }] }],
  };
}

/** The settings of an application: one nested JSON document without a list of records. */
export function jsonConfig(): ToolOutput {
  const random = createRandom(27);
  const services = Object.fromEntries(
    SERVICES.map((name) => [
      name,
      {
        replicas: random.integer(1, 6),
        region: random.pick(['eu-central-1', 'eu-west-1']),
        features: times(random.integer(1, 4), () => random.pick(NOUNS)),
        limits: name === 'search' ? { requests: 20, burst: 40, window: '1s' } : { requests: random.integer(100, 900) },
      },
    ]),
  );
  return {
    name: 'settings.json',
    kind: 'config',
    tool: 'read_file',
    arguments: { path: 'settings.json' },
    text: JSON.stringify(
      { version: 3, environment: 'production', services, owners: ['platform', 'shop'] },
      undefined,
      2,
    ),
    questions: [{ query: 'How many requests may search take?', needles: [{ text: 'burst' }, { text: '20' }] }],
  };
}
