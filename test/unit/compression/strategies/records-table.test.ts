import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../src/compression/json/parse-json.ts';
import { writeJson } from '../../../../src/compression/json/write-json.ts';
import { recordsTable } from '../../../../src/compression/strategies/records-table.ts';
import type { Encoded } from '../../../../src/compression/strategy.ts';

function encode(value: unknown): Encoded | undefined {
  return encodeText(JSON.stringify(value));
}

function encodeText(text: string): Encoded | undefined {
  const json = parseJson(text);
  if (json === undefined) throw new Error('The test needs JSON.');
  const encoded = recordsTable.encode({ kind: 'json', text, json });
  const decoded = encoded === undefined ? undefined : recordsTable.decode(encoded.text, encoded.form);
  expect(decoded).toBe(encoded === undefined ? undefined : writeJson(json));
  return encoded;
}

function shown(value: unknown): readonly string[] | undefined {
  return encode(value)?.text.split('\n');
}

const CITIES = ['Oslo', 'Bergen', 'Trondheim', 'Stavanger', 'Tromsø', 'Drammen'];

describe('records-table', () => {
  it('writes an array of records as a table', () => {
    const rows = CITIES.map((city, index) => ({ id: index + 1, city, temperature: index * 1.5, coastal: index !== 5 }));
    expect(shown(rows)).toEqual([
      '6 rows',
      'columns: id,city,temperature,coastal',
      '1,Oslo,0,true',
      '2,Bergen,1.5,true',
      '3,Trondheim,3,true',
      '4,Stavanger,4.5,true',
      '5,Tromsø,6,true',
      '6,Drammen,7.5,false',
    ]);
  });

  it('leaves the rest of the document as JSON, with the tables below', () => {
    const document = {
      total: 12,
      cities: CITIES.map((city, index) => ({ city, visitors: index * 7 })),
      note: '<table 1>',
      orders: CITIES.map((city, index) => ({ order: `A-${index}`, destination: city })),
    };
    expect(shown(document)?.slice(0, 4)).toEqual([
      '{"total":12,"cities":<table 1>,"note":"<table 1>","orders":<table 2>}',
      '<table 1>: 6 rows',
      'columns: city,visitors',
      'Oslo,0',
    ]);
  });

  it('tells null, empty text, a missing key, numbers and texts that look like them apart', () => {
    const rows = [
      { name: 'first', value: null, other: 1 },
      { name: 'second', value: '', other: '1' },
      { name: 'third', other: true },
      { name: 'fourth', value: 'null', other: 'true' },
      { name: 'fifth', value: {}, other: [] },
      { name: 'sixth', value: ' x', other: '-0' },
      { name: 'seventh', value: 'a,b', other: 'say "hi"\n' },
    ];
    expect(shown(rows)).toEqual([
      '7 rows (an empty cell: no such key)',
      'columns: name,value,other',
      'first,null,1',
      'second,"","1"',
      'third,,true',
      'fourth,"null","true"',
      'fifth,{},[]',
      'sixth," x","-0"',
      String.raw`seventh,"a,b","say \"hi\"\n"`,
    ]);
  });

  it('marks a column of texts that look like numbers, instead of quoting each', () => {
    const rows = CITIES.map((city, index) => ({
      city,
      postcode: `0${index}150`,
      code: index === 2 ? null : `${index}7`,
    }));
    expect(shown(rows)?.slice(0, 5)).toEqual([
      '6 rows',
      'columns: city,postcode,code:text',
      'Oslo,00150,07',
      'Bergen,01150,17',
      'Trondheim,02150,null',
    ]);
  });

  it('says once what is the same in every row, and how addresses are put together', () => {
    const rows = CITIES.map((city, index) => ({
      url: `https://api.example.com/cities/${index * 37}`,
      id: index * 37,
      country: 'Norway',
      city,
      measured_at: `2025-03-0${index + 1}T06:00:00Z`,
    }));
    expect(shown(rows)?.slice(0, 5)).toEqual([
      '6 rows',
      'same in every row: country=Norway',
      'url=https://api.example.com/cities/{id}',
      'columns: id,city,measured_at=2025-03-{}:00:00Z',
      '0,Oslo,01T06',
    ]);
  });

  it('writes objects in records as tuples, lists of them in brackets, and maps with their keys', () => {
    const rows = CITIES.map((city, index) => ({
      city,
      position: { latitude: 59 + index, longitude: 10 - index },
      harbours: [
        { name: `North ${city}`, depth: index + 4 },
        { name: `South ${city}`, depth: index + 9 },
      ],
      offices: { [`o-${index}`]: { floor: index, staff: index * 3 }, [`p-${index}`]: { floor: 1, staff: 2 } },
    }));
    expect(shown(rows)?.slice(0, 3)).toEqual([
      '6 rows',
      'columns: city,position(latitude,longitude),harbours[(name,depth)],offices{key:(floor,staff)}',
      'Oslo,(59,10),[(North Oslo,4),(South Oslo,9)],{o-0:(0,0),p-0:(1,2)}',
    ]);
  });

  it('writes an object of objects as a table of its entries', () => {
    const packages = Object.fromEntries(
      CITIES.map((city, index) => [city.toLowerCase(), { current: `1.${index}`, wanted: `2.${index}`, latest: '3.0' }]),
    );
    expect(shown(packages)?.slice(0, 4)).toEqual([
      '6 entries',
      'same in every row: latest="3.0"',
      'columns: key,current:text,wanted:text',
      'oslo,1.0,2.0',
    ]);
  });

  it('counts rows that repeat the one above', () => {
    const rows = [...Array.from({ length: 40 }, () => ({ state: 'idle', load: 0 })), { state: 'busy', load: 9 }];
    expect(shown(rows)).toEqual(['41 rows', 'columns: state,load', 'idle,0', '=39 more like the row above', 'busy,9']);
  });

  it('says a long text that returns once and gives it a name', () => {
    const notes = ['Closed for the winter, opens again with the first ferry', 'Open all year, no booking is necessary'];
    const rows = [...CITIES, ...CITIES].map((city, index) => ({ city, note: notes[index % 2], places: index }));
    expect(shown(rows)?.slice(0, 6)).toEqual([
      '12 rows (*1: the value so named)',
      '*1=Closed for the winter, opens again with the first ferry',
      '*2=Open all year, no booking is necessary',
      'columns: city,note,places',
      'Oslo,*1,0',
      'Bergen,*2,1',
    ]);
  });

  it('names an object that returns', () => {
    const owners = [
      { login: 'mira', mail: 'mira.solberg@example.com', joined: '2019-03-04', city: 'Oslo' },
      { login: 'jon', mail: 'jon.haugland@example.org', joined: '2021-11-30', city: 'Bergen' },
    ];
    const rows = [...CITIES, ...CITIES].map((city, index) => ({ ticket: index * 17, city, owner: owners[index % 2] }));
    expect(shown(rows)?.slice(1, 6)).toEqual([
      '*1=(mira,mira.solberg@example.com,2019-03-04,Oslo)',
      '*2=(jon,jon.haugland@example.org,2021-11-30,Bergen)',
      'columns: ticket,city,owner(login,mail,joined,city)',
      '0,Oslo,*1',
      '17,Bergen,*2',
    ]);
  });

  it('writes a record that does not fit as JSON in its place', () => {
    const text = `[${CITIES.map((city, index) => `{"city":"${city}","visitors":${index}}`).join(',')},{"visitors":1,"city":"Bodø"},7,{"city":"a","city":"b"}]`;
    expect(encodeText(text)?.text.split('\n').slice(-3)).toEqual([
      '=json {"visitors":1,"city":"Bodø"}',
      '=json 7',
      '=json {"city":"a","city":"b"}',
    ]);
  });

  it('gives kinds of records that take turns columns of their own', () => {
    const rows = CITIES.flatMap((city, index) => [
      { id: index * 2, city, visitors: index * 70, museums: index % 4, parks: index % 5, harbour: index > 3 },
      {
        id: index * 2 + 1,
        sensor: `s-${index}`,
        unit: 'mm',
        reading: index / 4,
        battery: 90 - index,
        online: index < 4,
      },
    ]);
    expect(shown(rows)?.slice(0, 7)).toEqual([
      '12 rows of 2 kinds',
      'A columns: id,city,visitors,museums,parks,harbour',
      'B same in every row: unit=mm',
      'B columns: id,sensor,reading,battery,online',
      'A,0,Oslo,0,0,0,false',
      'B,1,s-0,0,90,true',
      'A,2,Bergen,70,1,1,false',
    ]);
  });

  it('quotes names that could be misread', () => {
    const rows = CITIES.map((city, index) => ({
      'a.b': index,
      'c,d': city,
      e: { 'f"': (index * 5) % 7, '': city.length },
    }));
    expect(shown(rows)?.slice(0, 3)).toEqual(['6 rows', String.raw`columns: "a.b","c,d",e("f\"","")`, '0,Oslo,(0,4)']);
  });

  it('keeps braces in an address that are not a column', () => {
    const rows = CITIES.map((_city, index) => ({
      login: `user-${index * 41}`,
      url: `https://example.com/user-${index * 41}/gists{/id}`,
      odd: `https://example.com/user-${index * 41}/{login}`,
    }));
    expect(shown(rows)?.slice(0, 3)).toEqual([
      '6 rows',
      'url=https://example.com/{login}/gists{/id}',
      'columns: login,odd',
    ]);
  });

  it('gives back numbers and escapes digit by digit and sign by sign', () => {
    const row = (index: number): string =>
      String.raw`{"amount":${index}.10,"big":12345678901234567890${index},"zero":-0,"path":"a\/b${index}","name":"\u00e9${index}"}`;
    const text = `[${Array.from({ length: 9 }, (_row, index) => row(index)).join(', ')}]`;
    const encoded = encodeText(text);
    expect(encoded?.form).toMatchObject({ ascii: 'lower', slashes: true });
    expect(encoded?.text.split('\n')[3]).toBe('0.10,123456789012345678900,a/b0,é0');
  });

  it('has nothing to offer where there are no records', () => {
    expect(encode({ a: { b: 1 }, c: [1, 2, 3] })).toBeUndefined();
    expect(encode([[1, 2], [3]])).toBeUndefined();
    expect(encode('text')).toBeUndefined();
    expect(encode([])).toBeUndefined();
    expect(encode([{}, {}, {}])).toBeUndefined();
  });

  it('declines records in which every key is another', () => {
    expect(encode(Array.from({ length: 300 }, (_row, index) => ({ [`key-${index}`]: index })))).toBeUndefined();
  });

  it('answers soon for a hundred thousand columns and for deep nesting', () => {
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_column, index) => [`c${index}`, index]));
    expect(encode([wide, wide])).toBeUndefined();
    const deep = `${'[{"a":'.repeat(95)}1${'},{"a":2}]'.repeat(95)}`;
    encodeText(deep);
  });

  it('refuses to decode what it did not write', () => {
    expect(() => recordsTable.decode('3 rows\ncolumns: a\n1', undefined)).toThrow(SyntaxError);
    expect(() => recordsTable.decode('hello', undefined)).toThrow(SyntaxError);
  });
});
