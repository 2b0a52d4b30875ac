/** What a cell holds, by its looks. */
export type ValueType = 'empty' | 'number' | 'time' | 'word' | 'words';

const NUMBER = /^[+-]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][+-]?\d{1,4})?$/;
const GROUPED_NUMBER = /^[+-]?\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,20})?$/;
const TIME =
  /^\d{4}[-/]\d\d?[-/]\d\d?(?:[T ]\d\d?:\d\d\S{0,30}| \d\d?:\d\d:\d\d.{0,20})?$|^\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?$|^\d\d?[-/.]\d\d?[-/.]\d{4}\b/;
const LONGEST_LOOKED_AT = 64;

/** The type of a value without quotes and blanks around it. */
export function valueTypeOf(value: string): ValueType {
  if (value === '') return 'empty';
  if (value.length > LONGEST_LOOKED_AT) return 'words';
  if (numberSource(value) !== undefined) return 'number';
  if (TIME.test(value)) return 'time';
  return value.includes(' ') ? 'words' : 'word';
}

/** The number that a value spells, as digits: `1,234.5`, `12%` and `$3` are numbers too. */
export function numberSource(value: string): string | undefined {
  const code = value.charCodeAt(value.startsWith('$') ? 1 : 0);
  if (value.length > 48 || !((code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46)) return undefined;
  const from = value.startsWith('$') ? 1 : 0;
  const bare = value.slice(from, value.endsWith('%') ? -1 : undefined);
  if (NUMBER.test(bare)) return bare.startsWith('+') ? bare.slice(1) : bare;
  return GROUPED_NUMBER.test(bare) ? bare.replaceAll(',', '') : undefined;
}
