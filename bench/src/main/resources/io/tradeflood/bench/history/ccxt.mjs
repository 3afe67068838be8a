// ccxt and the loop that its users write around fetchOHLCV, or its own paging.
// Arguments: the address of the exchanges, exchange, symbol, from, to, page, and loop or paginate.
// Prints "nanos PASSED CPU" and "rows NUMBER DIGEST", the digest over rows of six big-endian doubles.
import ccxt from 'ccxt';
import { createHash } from 'node:crypto';

const [base, id, symbol, first, last, page, way] = process.argv.slice(2);
const from = Date.parse(first);
const to = Date.parse(last);
const limit = Number(page);
const minute = 60_000;

const exchange = new ccxt[id]({
  options: id === 'binance' ? { fetchMarkets: { types: ['spot', 'linear'] } } : {},
});
exchange.has.fetchCurrencies = false;
const local = (url) =>
  typeof url === 'string'
    ? url.replace(/^https:\/\/[^/]+/, base)
    : Object.fromEntries(Object.entries(url).map(([name, value]) => [name, local(value)]));
exchange.urls.api = local(exchange.urls.api);
await exchange.loadMarkets();

async function loop() {
  const rows = [];
  for (let since = from; since < to; ) {
    const some = await exchange.fetchOHLCV(symbol, '1m', since, limit);
    if (some.length === 0) break;
    rows.push(...some);
    since = some.at(-1)[0] + minute;
  }
  return rows;
}

function paginate() {
  return exchange.fetchOHLCV(symbol, '1m', from, undefined, {
    paginate: true,
    until: to,
    paginationCalls: Math.ceil((to - from) / minute / 200) + 1, // its own pages are of 200 or more
  });
}

const began = process.hrtime.bigint();
const cpuBegan = process.cpuUsage();
const read = await (way === 'loop' ? loop() : paginate());
const passed = process.hrtime.bigint() - began;
const cpu = process.cpuUsage(cpuBegan);
console.log(`nanos ${passed} ${(cpu.user + cpu.system) * 1000}`);

const rows = read.filter(([time]) => time >= from && time < to);
const bytes = Buffer.alloc(rows.length * 48);
rows.forEach((row, at) => {
  for (let column = 0; column < 6; column++) bytes.writeDoubleBE(row[column], at * 48 + column * 8);
});
console.log(`rows ${rows.length} ${createHash('sha256').update(bytes).digest('hex')}`);
