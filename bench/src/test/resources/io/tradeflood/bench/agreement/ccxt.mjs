// What ccxt reads of an instrument, a line for each row: its kind, then its values, "-" for what is not given.
// Arguments: the address of the exchanges, exchange, symbol, first and last moment of the candles, how many rows.
import ccxt from 'ccxt';

const [base, id, symbol, from, to, rows] = process.argv.slice(2);
const limit = Number(rows);

const exchange = new ccxt[id]({
  options: id === 'binance' ? { fetchMarkets: { types: ['spot', 'linear'] } } : {},
});
exchange.has.fetchCurrencies = false;
const local = (url) =>
  typeof url === 'string'
    ? url.replace(/^https:\/\/[^/]+/, base)
    : Object.fromEntries(Object.entries(url).map(([name, value]) => [name, local(value)]));
exchange.urls.api = local(exchange.urls.api);

const out = [];
const say = (kind, ...values) => out.push([kind, ...values.map((value) => value ?? '-')].join(' '));
const trades = (kind, some) => {
  for (const t of some) say(kind, t.id, t.timestamp, t.price, t.amount, t.side);
};

let since = Number(from);
while (since < Number(to)) {
  const some = await exchange.fetchOHLCV(symbol, '1m', since, 200);
  if (some.length === 0) break;
  for (const candle of some) if (candle[0] < Number(to)) say('candle', ...candle);
  since = some.at(-1)[0] + 60_000;
}
const some = await exchange.fetchTrades(symbol, undefined, limit);
if (id === 'binance') {
  // By default it reads aggregates. Those are what we give as trades of contracts, too.
  trades('aggTrade', some);
  const single = { fetchTradesMethod: 'publicGetTrades' };
  trades('trade', symbol.includes(':') ? some : await exchange.fetchTrades(symbol, undefined, limit, single));
} else {
  trades('trade', some);
}
const book = await exchange.fetchOrderBook(symbol, limit);
for (const [price, size] of book.bids) say('bid', price, size);
for (const [price, size] of book.asks) say('ask', price, size);
const t = await exchange.fetchTicker(symbol);
say('ticker', t.bid, t.bidVolume, t.ask, t.askVolume, t.last, t.open, t.high, t.low, t.baseVolume, t.quoteVolume);
console.log(out.join('\n'));
