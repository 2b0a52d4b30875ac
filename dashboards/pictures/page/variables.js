/**
 * The variables of a dashboard as they are when it is opened: whatever the file has as current, and everything where it
 * has nothing. Each may ask with those before it.
 */
export async function resolveVariables(list, { queries, range }) {
  const values = new Map();
  const shown = [];
  const variables = {
    fill: (text, more = {}) => fill(text, { ...Object.fromEntries(values), ...more }),
    shown,
    problems: [],
  };
  for (const variable of list) {
    const options = await optionsOf(variable, { queries, range, variables }).catch((error) => {
      variables.problems.push(`${variable.name}: ${error.message}`);
      return [];
    });
    if (variable.type === 'query' && options.length === 0) variables.problems.push(`${variable.name}: has no values`);
    const { value, text } = currentOf(variable, options);
    values.set(variable.name, value);
    if (variable.hide !== 2) shown.push({ label: variable.label || variable.name, text });
  }
  return variables;
}

async function optionsOf(variable, { queries, range, variables }) {
  const { type, query } = variable;
  if (type === 'datasource') return ['Prometheus'];
  if (type === 'query') {
    const text = typeof query === 'string' ? query : (query.query ?? variable.definition);
    const values = await queries.variable(variables.fill(text), range);
    const kept = variable.regex ? values.filter((value) => patternOf(variable.regex).test(value)) : values;
    return kept.sort((one, other) => one.localeCompare(other));
  }
  if (type === 'constant' || type === 'textbox') return [String(query ?? '')];
  return String(query ?? '')
    .split(',')
    .map((value) => value.split(' : ').at(-1).trim())
    .filter((value) => value !== '');
}

function currentOf({ current, includeAll, allValue, multi, type }, options) {
  if (type === 'datasource') return { value: 'prometheus', text: 'Prometheus' };
  const given = [current?.value ?? []].flat().filter((value) => value !== '' && value !== undefined);
  const isAll = includeAll === true && (given.length === 0 || given.includes('$__all'));
  if (isAll) return { value: allValue || regexOf(options), text: 'All' };
  const chosen = given.length > 0 ? given : options.slice(0, 1);
  return {
    value: multi === true || includeAll === true ? regexOf(chosen) : (chosen[0] ?? ''),
    text: chosen.join(' + '),
  };
}

function regexOf(values) {
  const escaped = values.map((value) => value.replaceAll(/[\\^$*+?.()|[\]{}]/g, String.raw`\\$&`));
  return escaped.length === 1 ? escaped[0] : `(${escaped.join('|')})`;
}

function patternOf(regex) {
  const match = /^\/(.*)\/(\w*)$/.exec(regex);
  return match === null ? new RegExp(`^${regex}$`) : new RegExp(match[1], match[2]);
}

/** `$name`, `${name}` and `${name:format}`; what is not known stays. */
function fill(text, values) {
  return text.replaceAll(/\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\]/g, (whole, ...names) => {
    const name = names.slice(0, 3).find((each) => each !== undefined);
    return Object.hasOwn(values, name) ? values[name] : whole;
  });
}
