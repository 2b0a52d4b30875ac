import { styleText } from 'node:util';

/** Where the view is written to. */
export interface Screen {
  readonly columns: number;
  readonly color: boolean;
  write(text: string): void;
}

export type Ink = 'heading' | 'tool' | 'good' | 'quiet' | 'warning' | 'error';

const STYLES: Readonly<Record<Ink, Parameters<typeof styleText>[0]>> = {
  heading: 'bold',
  tool: 'cyan',
  good: 'green',
  quiet: 'dim',
  warning: ['yellow', 'bold'],
  error: 'red',
};

/** Colours a text, or gives it back as it is on a screen without colours. */
export function paint(screen: Screen, ink: Ink, text: string): string {
  return screen.color ? styleText(STYLES[ink], text, { validateStream: false }) : text;
}

/** The screen of this process: a terminal in its width and with the colours that it and NO_COLOR allow, or a pipe. */
export function processScreen(stream: NodeJS.WriteStream = process.stdout): Screen {
  return {
    get columns() {
      return stream.isTTY ? stream.columns : 100;
    },
    color: stream.isTTY && stream.hasColors(),
    write: (text) => {
      stream.write(text);
    },
  };
}

/** `12,345`, the same in every locale. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `75.1 %` of the tokens before are gone after. */
export function formatSaved(before: number, after: number): string {
  return `${(before === 0 ? 0 : (100 * (before - after)) / before).toFixed(1)} %`;
}

/** At most `width` characters, the last one an ellipsis where something is cut off. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
