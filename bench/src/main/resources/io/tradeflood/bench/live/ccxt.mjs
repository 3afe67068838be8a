// What ccxt pro does once a WebSocket has a message: a text of the bytes, its own reading of JSON, its dispatch, its book. Its
// own client and exchange, which is told the messages as its socket tells them; its snapshot is read once instead of fetched.
// Arguments: the folder with the tape, the milliseconds.
import ccxt from 'ccxt';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, milliseconds] = process.argv.slice(2);
const SAMPLES = 15;
const exchange = new ccxt.pro.binance();
exchange.setMarkets([
  exchange.safeMarketStructure({
    id: 'BTCUSDT', lowercaseId: 'btcusdt', symbol: 'BTC/USDT', base: 'BTC', quote: 'USDT', baseId: 'BTC', quoteId: 'USDT',
    type: 'spot', spot: true, active: true, precision: { price: 0.01, amount: 0.00001 },
  }),
]);
const client = exchange.client('wss://stream.binance.com:9443/ws/0');
const messages = readFileSync(join(folder, 'messages'), 'utf8').trimEnd().split('\n').map((line) => Buffer.from(line));
const snapshot = exchange.parseOrderBook(JSON.parse(readFileSync(join(folder, 'snapshot'), 'utf8')), 'BTC/USDT');
snapshot.nonce = JSON.parse(readFileSync(join(folder, 'snapshot'), 'utf8')).lastUpdateId;

function pass() {
  exchange.orderbooks['BTC/USDT'] = exchange.orderBook({}, 1000);
  exchange.orderbooks['BTC/USDT'].reset(snapshot);
  for (const data of messages) client.onMessage({ data });
}

const out = [];
pass();
const book = exchange.orderbooks['BTC/USDT'];
for (const [price, size] of book.bids.slice(0, 20)) out.push(`said bid ${price} ${size}`);
for (const [price, size] of book.asks.slice(0, 20)) out.push(`said ask ${price} ${size}`);
const warm = performance.now();
while (performance.now() - warm < milliseconds) pass();
const used = [];
let elapsed = Infinity;
for (let i = 0; i < SAMPLES; i++) {
  const cpu = process.cpuUsage();
  const began = performance.now();
  let passed;
  let told = 0;
  do {
    pass();
    told += messages.length;
    passed = performance.now() - began;
  } while (passed < milliseconds / SAMPLES);
  const { user, system } = process.cpuUsage(cpu);
  used.push(((user + system) * 1000) / told);
  elapsed = Math.min(elapsed, (passed * 1e6) / told);
}
used.sort((a, b) => a - b);
out.push(`least ${used[0]}`, `median ${used[Math.floor(SAMPLES / 2)]}`, `elapsed ${elapsed}`);
console.log(out.join('\n'));
