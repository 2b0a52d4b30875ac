import * as newest from 'ai';
import * as newest6 from 'ai-6-newest';
import * as oldest6 from 'ai-6-oldest';
import * as before108 from 'ai-7-0-107';
import * as before154 from 'ai-7-0-153';
import * as oldest7 from 'ai-7-oldest';
import type { AiSdk, InstalledAiSdk } from '../ai-sdk-version.ts';
import { testedHost } from '../compatibility/tested-host.ts';

function installed(installedAs: string, sdk: object, lacks: Partial<InstalledAiSdk> = {}): InstalledAiSdk {
  const host = testedHost(installedAs, import.meta.url);
  const specificationVersion = host.version.startsWith('7.') ? 'v4' : 'v3';
  return { name: `ai ${host.version}`, host, specificationVersion, sdk: sdk as AiSdk, ...lacks };
}

/** Newest first. Those between the ends are the last ones before something changed that we have to do with. */
export const INSTALLED_AI_SDKS: readonly InstalledAiSdk[] = [
  installed('ai', newest),
  // Settings have no callback for errors before 7.0.154.
  installed('ai-7-0-153', before154),
  // Up to here, models of specification v2 and v3 are put behind a Proxy that calls their methods as its own.
  installed('ai-7-0-107', before108),
  installed('ai-7-oldest', oldest7, { tellsTelemetryOfBrokenStreams: false }),
  installed('ai-6-newest', newest6),
  installed('ai-6-oldest', oldest6, { tellsCallbacksOfTools: false }),
];
