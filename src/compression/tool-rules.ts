import type { OptionCheck } from '../check-options.ts';
import { matchesPieces } from '../matches-glob.ts';
import { TOKEN_LIMIT_CHECKS, type TokenLimits } from './token-limits.ts';

/** `off` leaves the tool's results alone, `lossless` leaves nothing out, `recoverable` is what `loss` allows. */
export type ToolPolicy = 'off' | 'lossless' | 'recoverable';

export type ToolRule = ToolPolicy | ({ readonly policy?: ToolPolicy | undefined } & TokenLimits);

export interface ResolvedToolRule extends TokenLimits {
  readonly policy: ToolPolicy;
}

/** The rule for a tool. */
export type ToolRules = (toolName: string | undefined) => ResolvedToolRule;

const POLICIES: readonly unknown[] = ['off', 'lossless', 'recoverable'];
const DEFAULT_RULE: ResolvedToolRule = { policy: 'recoverable' };

export const isToolRules: OptionCheck = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'has to map tool names to rules';
  for (const [name, rule] of Object.entries(value)) {
    if (!isToolRule(rule)) {
      return `has to give each tool 'off', 'lossless', 'recoverable' or { policy, ${[...LIMIT_CHECKS.keys()].join(', ')} } (see "${name}")`;
    }
  }
  return undefined;
};

export function compileToolRules(tools: Readonly<Record<string, ToolRule>> | undefined): ToolRules {
  if (tools === undefined) return () => DEFAULT_RULE;
  const exact = new Map<string, ResolvedToolRule>();
  const globs: { readonly pieces: readonly string[]; readonly rule: ResolvedToolRule }[] = [];
  for (const [name, rule] of Object.entries(tools)) {
    const resolved = resolveRule(rule);
    if (name.includes('*')) globs.push({ pieces: name.split('*'), rule: resolved });
    else exact.set(name, resolved);
  }
  return (toolName) => {
    if (toolName === undefined) return DEFAULT_RULE;
    return exact.get(toolName) ?? globs.find(({ pieces }) => matchesPieces(toolName, pieces))?.rule ?? DEFAULT_RULE;
  };
}

function resolveRule(rule: ToolRule): ResolvedToolRule {
  return typeof rule === 'string' ? { policy: rule } : { ...rule, policy: rule.policy ?? 'recoverable' };
}

const LIMIT_CHECKS = new Map<string, OptionCheck>(Object.entries(TOKEN_LIMIT_CHECKS));

function isToolRule(rule: unknown): boolean {
  if (typeof rule === 'string') return POLICIES.includes(rule);
  if (typeof rule !== 'object' || rule === null) return false;
  return Object.entries(rule).every(([key, value]: [string, unknown]) => {
    if (value === undefined) return true;
    if (key === 'policy') return POLICIES.includes(value);
    const check = LIMIT_CHECKS.get(key);
    return check !== undefined && check(value) === undefined;
  });
}
