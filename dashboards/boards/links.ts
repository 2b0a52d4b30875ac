/** The four dashboards, for links between them. */
export const OVERVIEW = { uid: 'headroom-overview', title: 'Headroom / Overview' } as const;
export const COMPRESSION = { uid: 'headroom-compression', title: 'Headroom / Compression' } as const;
export const TOKENS_AND_COST = { uid: 'headroom-tokens-and-cost', title: 'Headroom / Tokens and cost' } as const;
export const AGENTS_AND_HEALTH = { uid: 'headroom-agents-and-health', title: 'Headroom / Agents and health' } as const;
