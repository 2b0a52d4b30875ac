import { styleText } from 'node:util';

/** Where text for a person goes. */
export interface Screen {
  readonly columns: number;
  readonly hasColor: boolean;
}

export type Ink = 'heading' | 'good' | 'quiet' | 'notice' | 'bad';

const STYLES: Readonly<Record<Ink, Parameters<typeof styleText>[0]>> = {
  heading: 'bold',
  good: 'green',
  quiet: 'dim',
  notice: 'yellow',
  bad: ['red', 'bold'],
};

const COLUMNS_OF_A_PIPE = 100;
const FEWEST_COLUMNS = 40;

/** Colours a text, or gives it back as it is on a screen without colours. */
export function paint({ hasColor }: Screen, ink: Ink | undefined, text: string): string {
  return hasColor && ink !== undefined && text !== '' ? styleText(STYLES[ink], text, { validateStream: false }) : text;
}

export interface ScreenSource {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly hasColors?: (() => boolean) | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The screen of a stream. A terminal has its own width, a pipe that of `COLUMNS` or 100. Colours are the terminal's, unless
 * `wantsColor` says so or not, or else `FORCE_COLOR`, or else `NO_COLOR` (https://no-color.org, https://force-color.org).
 */
export function screenOf(stream: ScreenSource, environment: Environment, wantsColor?: boolean): Screen {
  const columns = (stream.isTTY === true ? stream.columns : undefined) ?? readColumns(environment) ?? COLUMNS_OF_A_PIPE;
  return { columns: Math.max(FEWEST_COLUMNS, columns), hasColor: wantsColor ?? hasColor(stream, environment) };
}

function hasColor(stream: ScreenSource, { FORCE_COLOR: force, NO_COLOR: no }: Environment): boolean {
  if (force !== undefined && force !== '') return force !== '0' && force !== 'false';
  if (no !== undefined && no !== '') return false;
  return stream.isTTY === true && stream.hasColors?.() === true;
}

function readColumns({ COLUMNS: columns }: Environment): number | undefined {
  return columns !== undefined && /^[1-9]\d{0,3}$/.test(columns) ? Number(columns) : undefined;
}
