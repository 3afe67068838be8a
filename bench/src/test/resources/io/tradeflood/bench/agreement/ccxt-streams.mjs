// What ccxt watches of an instrument, a line for each row: its kind, then its values, "-" for what is not given.
// Arguments: the address of the exchanges, that of their streams, exchange, symbol.
import ccxt from 'ccxt';

const [base, streams, id, symbol] = process.argv.slice(2);
const TRADES = 30;
const BOOKS = 40;
const LEVELS = 20;
const TICKERS = 3;

const exchange = new ccxt.pro[id]({
  options: id === 'binance' ? { fetchMarkets: { types: ['spot', 'linear'] } } : {},
});
exchange.has.fetchCurrencies = false;
// It tells spot from contracts by the name of the host, so that is kept as the name of a user.
const stream = (_, host) => streams.replace('://', `://${host}@`);
const local = (url) =>
  typeof url === 'string'
    ? url.replace(/^https:\/\/[^/]+/, base).replace(/^wss:\/\/([a-z]+)[^/]*/, stream)
    : Object.fromEntries(Object.entries(url).map(([name, value]) => [name, local(value)]));
exchange.urls.api = local(exchange.urls.api);
exchange.options.watchOrderBookLimit = 1000;

const say = (kind, ...values) => console.log([kind, ...values.map((value) => value ?? '-')].join(' '));

async function trades() {
  const seen = new Map();
  while (seen.size < TRADES) {
    for (const t of await exchange.watchTrades(symbol)) seen.set(t.id, t);
  }
  for (const t of seen.values()) say('trade', t.id, t.timestamp, t.price, t.amount, t.side);
}

async function books() {
  for (let i = 0; i < BOOKS; i++) {
    const book = await exchange.watchOrderBook(symbol);
    say('book', book.nonce, book.timestamp);
    for (const [price, size] of book.bids.slice(0, LEVELS)) say('bid', price, size);
    for (const [price, size] of book.asks.slice(0, LEVELS)) say('ask', price, size);
  }
}

async function candles() {
  const rows = new Map();
  while (rows.size < 3) {
    for (const row of await exchange.watchOHLCV(symbol, '1m')) rows.set(row[0], [...row]);
  }
  // The first may have been joined in its middle and the last is open.
  const closed = [...rows.values()].sort((a, b) => a[0] - b[0]).slice(0, -1);
  for (const row of closed) say('candle', ...row);
}

async function tickers() {
  for (let i = 0; i < TICKERS; i++) {
    const t = await exchange.watchTicker(symbol);
    say('ticker', t.timestamp, t.last, t.open, t.high, t.low, t.baseVolume, t.quoteVolume);
  }
}

// Its WebSockets without TLS need this, though there is no proxy.
await exchange.loadHttpProxyAgent();
await exchange.loadMarkets();
await Promise.all([trades(), books(), candles(), tickers()]);
await exchange.close();
process.exit(0);
