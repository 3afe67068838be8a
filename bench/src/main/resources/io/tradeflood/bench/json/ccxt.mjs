// What ccxt does once the bytes are there: a text of them, its own JSON reader, which looks for whole numbers too large
// for a double, its own look for errors, and the exchange's own parsers with the market loaded. Not its HTTP, not its
// throttle.
// Arguments: the address of the exchange, the folder with the pages, the milliseconds for each kind.
import ccxt from 'ccxt';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [base, folder, milliseconds] = process.argv.slice(2);
const exchange = new ccxt.binance({ options: { fetchMarkets: { types: ['spot', 'linear'] }, fetchCurrencies: false } });
for (const [name, url] of Object.entries(exchange.urls.api))
  if (typeof url === 'string') exchange.urls.api[name] = url.replace(/^https:\/\/[^/]+/, base);
await exchange.loadMarkets();
const spot = exchange.market('BTC/USDT');
const swap = exchange.market('BTC/USDT:USDT');

const parsers = {
  KLINES: (rows) => exchange.parseOHLCVs(rows, spot, '1m'),
  DEPTH: (book) => exchange.parseOrderBook(book, spot.symbol),
  TRADES: (rows) => exchange.parseTrades(rows, swap),
};
const said = {
  KLINES: (candles) => candles.map((candle) => candle.join(' ')),
  DEPTH: (book) => [
    ...book.bids.map(([price, size]) => `bid ${price} ${size}`),
    ...book.asks.map(([price, size]) => `ask ${price} ${size}`),
  ],
  TRADES: (trades) => trades.map((t) => `${t.id} ${t.timestamp} ${t.price} ${t.amount} ${t.side}`),
};
const pages = Object.fromEntries(Object.keys(parsers).map((kind) => [kind, readFileSync(join(folder, kind.toLowerCase()))]));

// As handleRestResponse does it, but without its promise.
function json(bytes) {
  const text = exchange.onRestResponse(200, 'OK', base, 'GET', {}, bytes.toString('utf8'), {}, undefined);
  const answer = exchange.parseJson(text);
  if (exchange.handleErrors(200, 'OK', base, 'GET', {}, text, answer, {}, undefined) === undefined)
    exchange.handleHttpStatusCode(200, 'OK', base, 'GET', text);
  return answer;
}
const read = (kind) => parsers[kind](json(pages[kind]));

let latest;
function repeat(kind, time) {
  const began = process.hrtime.bigint();
  const end = BigInt(Math.round(time * 1e6));
  let count = 0;
  let passed;
  do {
    latest = read(kind);
    count++;
    passed = process.hrtime.bigint() - began;
  } while (passed < end);
  return Number(passed) / count;
}

const out = [];
for (const kind of Object.keys(parsers)) for (const line of said[kind](read(kind))) out.push(`said ${kind} ${line}`);
for (let i = 0; i < 10; i++) for (const kind of Object.keys(parsers)) repeat(kind, milliseconds / 20);
for (const kind of Object.keys(parsers)) {
  const batches = 501;
  const samples = [];
  for (let i = 0; i < batches; i++) samples.push(repeat(kind, milliseconds / batches));
  samples.sort((a, b) => a - b);
  out.push(`least ${kind} ${samples[0]}`, `median ${kind} ${samples[250]}`);
}
console.log(out.join('\n'));
