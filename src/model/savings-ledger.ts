import type { OptimizationMetrics, TokenSavings } from '../compression/metrics.ts';

/** What one call saved. */
export interface CallMetrics extends OptimizationMetrics {
  readonly callId: string;
  readonly runId: string | undefined;
  /** Epoch milliseconds. */
  readonly time: number;
  readonly model: string;
}

/** What all calls saved, since the model was made or last reset. */
export interface SavingsSummary {
  readonly totalRequests: number;
  readonly totalTokensBefore: number;
  readonly totalTokensAfter: number;
  readonly totalTokensSaved: number;
  /** Of all tokens together, 0 to 100. */
  readonly savingsPercent: number;
  /** The mean of the calls' own percentages, each call counting the same. */
  readonly averageSavingsPercent: number;
}

const LONGEST_HISTORY = 100;

/** Running totals, and the last hundred calls. Totals are never computed from the history. */
export class SavingsLedger {
  #history: CallMetrics[] = [];
  #requests = 0;
  #tokensBefore = 0;
  #tokensAfter = 0;
  #percentSum = 0;

  record(metrics: CallMetrics): void {
    this.#history.push(metrics);
    if (this.#history.length > LONGEST_HISTORY) this.#history.shift();
    this.#requests++;
    this.#tokensBefore += metrics.tokensBefore;
    this.#tokensAfter += metrics.tokensAfter;
    this.#percentSum += metrics.savingsPercent;
  }

  get history(): readonly CallMetrics[] {
    return [...this.#history];
  }

  get total(): TokenSavings {
    const [tokensBefore, tokensAfter] = [this.#tokensBefore, this.#tokensAfter];
    return { tokensBefore, tokensAfter, tokensSaved: tokensBefore - tokensAfter };
  }

  get summary(): SavingsSummary {
    const { tokensBefore, tokensAfter, tokensSaved } = this.total;
    return {
      totalRequests: this.#requests,
      totalTokensBefore: tokensBefore,
      totalTokensAfter: tokensAfter,
      totalTokensSaved: tokensSaved,
      savingsPercent: tokensBefore === 0 ? 0 : (100 * tokensSaved) / tokensBefore,
      averageSavingsPercent: this.#requests === 0 ? 0 : this.#percentSum / this.#requests,
    };
  }

  reset(): void {
    this.#history = [];
    this.#requests = 0;
    this.#tokensBefore = 0;
    this.#tokensAfter = 0;
    this.#percentSum = 0;
  }
}
