// Reads groups of templates with their data from standard input and prints, for each template, what handlebars.js makes of it.
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { format } from 'date-fns';

// What templates log is not what they print.
for (const level of ['debug', 'info', 'log', 'warn', 'error']) console[level] = () => {};

const isBlock = (options) => typeof options.fn === 'function';

function comparison(holds) {
  return function (a, b, options) {
    if (!isBlock(options)) return holds(a, b);
    return holds(a, b) ? options.fn(this) : options.inverse(this);
  };
}

function sorted(list, by) {
  const ascending = (a, b) => (a[by] > b[by] ? 1 : a[by] < b[by] ? -1 : 0);
  return by === undefined ? [...list].sort() : [...list].sort(ascending);
}

function groups(list, by) {
  const found = {};
  for (const item of list) {
    const key = item?.[by];
    if (!key) continue;
    (found[key] ??= []).push(item);
  }
  return Object.entries(found).map(([key, items]) => ({ key, items }));
}

function numberFormat(value, { hash }) {
  const decimals = hash.decimalLength || 2;
  const [point, comma] = [hash.decimalSep || '.', hash.thousandsSep || ','];
  const number = parseFloat(value);
  if (Number.isNaN(number)) return value;
  const [whole, part] = number.toFixed(decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, comma);
  return part === undefined ? grouped : grouped + point + part;
}

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

function withHelpers() {
  const handlebars = Handlebars.create();
  handlebars.registerHelper({
    json: (value) => JSON.stringify(value),
    equals(a, b, options) {
      // Loosely, as it always was.
      return a == b ? options.fn(this) : options.inverse(this);
    },
    eq: comparison((a, b) => a === b),
    ne: comparison((a, b) => a !== b),
    gt: comparison((a, b) => a > b),
    gte: comparison((a, b) => a >= b),
    lt: comparison((a, b) => a < b),
    lte: comparison((a, b) => a <= b),
    titlecase: (text) => text?.split(' ').map(capital).join(' '),
    uppercase: (text) => text?.toUpperCase(),
    lowercase: (text) => text?.toLowerCase(),
    pluralize: (count, one, many) => (count === 1 ? one : many),
    dateFormat: (date, pattern) => (date && pattern && !Number.isNaN(Date.parse(date)) ? format(new Date(date), pattern) : date),
    unique: (list, by) => (Array.isArray(list) ? [...new Set(list.map((item) => (item[by] ? item[by] : undefined)))] : ''),
    groupBy: (list, by) => (Array.isArray(list) ? groups(list, by) : []),
    sortBy: (list, by) => (Array.isArray(list) ? sorted(list, typeof by === 'string' ? by : undefined) : ''),
    numberFormat,
  });
  return handlebars;
}

function print(template, data) {
  try {
    return { output: withHelpers().compile(template)(data).replaceAll('&#x27;', "'") };
  } catch {
    return { fails: true };
  }
}

const given = JSON.parse(readFileSync(0, 'utf8'));
const printed = given.map(({ data, cases }) =>
  cases.map(({ template }) => print(template, { step: { digest: false, events: [], total_count: 0 }, ...structuredClone(data) })));
process.stdout.write(JSON.stringify(printed));
