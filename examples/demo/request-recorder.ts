/** A `fetch` that remembers what it sent, and what follows from that for a provider's prompt cache. */
export interface RequestRecorder {
  readonly fetch: typeof globalThis.fetch;
  /** Compares each request with the one before it. */
  comparePrefixes(): PrefixComparison;
}

export interface PrefixComparison {
  /** Requests that had one before them. */
  readonly compared: number;
  /** Those that begin with all that the one before said: same tools, same messages, byte for byte. */
  readonly unchanged: number;
}

/** Records the bodies of all POST requests that are sent through its `fetch`. */
export function recordRequests(): RequestRecorder {
  const prompts: string[] = [];
  return {
    fetch(input, init) {
      if (typeof init?.body === 'string') prompts.push(readPrompt(init.body));
      return globalThis.fetch(input, init);
    },
    comparePrefixes() {
      const successors = prompts.slice(1);
      const unchanged = successors.filter((prompt, index) => continues(prompt, prompts[index] ?? '')).length;
      return { compared: successors.length, unchanged };
    },
  };
}

function continues(prompt: string, before: string): boolean {
  return prompt === before || prompt.startsWith(`${before},`);
}

/** Model, tools and messages of a request as one text, open at its end so that a longer conversation continues it. */
function readPrompt(body: string): string {
  const { model, tools, instructions, input, messages } = JSON.parse(body) as Record<string, unknown>;
  return JSON.stringify([model, tools, instructions, input ?? messages]).slice(0, -2);
}
