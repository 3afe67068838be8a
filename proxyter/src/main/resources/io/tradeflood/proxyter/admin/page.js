'use strict';

// What is shown is asked for every two seconds, and at once after an event; what has not changed is not touched.
const EVERY = 2000;
const MOST_EVENTS = 200;
const KEY = 'proxyter.token';

const TONES = {
  up: 'good', ok: 'good', suspect: 'mild', paused: 'mild', down: 'bad', half_open: 'coming', probation: 'coming',
  auth_failed: 'bad', banned: 'bad', refused: 'bad', draining: 'off', disabled: 'off',
};
const WORDS = { half_open: 'being tried', auth_failed: 'login refused', probation: 'on probation' };
const ORDER = ['down', 'auth_failed', 'paused', 'suspect', 'half_open', 'probation', 'draining', 'disabled', 'up'];

const at = (id) => document.getElementById(id);
const wordOf = (state) => WORDS[state] || state.replaceAll('_', ' ');
const toneOf = (state) => TONES[state] || 'off';

let token = sessionStorage.getItem(KEY) || '';
let sort = { key: 'state', up: true };
let proxies = [];
let before = null;
let lastSeen = 0;
let timer = 0;
let following = null;

// --- asking -----------------------------------------------------------------------------------------------------

function headers(more) {
  return token ? { authorization: 'Bearer ' + token, ...more } : { ...more };
}

class Unknown extends Error {}

async function ask(path) {
  const answer = await fetch(path, { headers: headers({ accept: 'application/json' }), cache: 'no-store' });
  if (answer.status === 401) throw new Unknown();
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail || 'Proxyter answers ' + answer.status);
  }
  return answer.json();
}

// --- drawing ----------------------------------------------------------------------------------------------------

function text(node, value) {
  if (node.textContent !== value) node.textContent = value;
}

function made(tag, className, content) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (content !== undefined) node.textContent = content;
  return node;
}

function badge(state) {
  return made('span', 'state ' + toneOf(state), wordOf(state));
}

// Keeps the rows that stay, so that neither focus nor selection nor the scroll position is lost.
function rows(body, items, keyOf, draw) {
  const old = new Map([...body.children].map((row) => [row.dataset.key, row]));
  let place = body.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    const print = JSON.stringify(item);
    let row = old.get(key);
    if (!row) {
      row = document.createElement(body.tagName === 'OL' ? 'li' : 'tr');
      row.dataset.key = key;
    }
    old.delete(key);
    if (row.print !== print) {
      row.print = print;
      row.replaceChildren(...draw(item));
    }
    if (row === place) place = place.nextSibling;
    else body.insertBefore(row, place);
  }
  for (const gone of old.values()) gone.remove();
}

function cell(className, ...content) {
  const node = made('td', className);
  node.append(...content);
  return node;
}

function heading(content, scope = 'row') {
  const node = made('th', '', content);
  node.scope = scope;
  return node;
}

const count = (n) => n.toLocaleString('en');

function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) { bytes /= 1000; unit++; }
  return (unit === 0 || bytes >= 100 ? Math.round(bytes) : bytes.toFixed(1)) + ' ' + units[unit];
}

function span(seconds) {
  if (seconds < 90) return Math.max(0, Math.round(seconds)) + ' s';
  if (seconds < 5400) return Math.round(seconds / 60) + ' min';
  if (seconds < 129600) return Math.round(seconds / 3600) + ' h';
  return Math.round(seconds / 86400) + ' d';
}

const clock = (time) => new Date(time).toLocaleTimeString('en-GB');

function until(time) {
  const left = (new Date(time) - Date.now()) / 1000;
  return left > 0 ? 'until ' + (left > 43200 ? new Date(time).toLocaleDateString('en-GB') + ' ' : '') + clock(time) : '';
}

function drawOverview(o) {
  text(at('revision'), 'configuration ' + o.revision);
  text(at('uptime'), 'up ' + span((new Date(o.time) - new Date(o.started)) / 1000));
  text(at('tunnels'), count(o.tunnels));
  text(at('tunnels-sub'), count(o.clients) + ' clients connected');
  const served = (x) => (x.outcomes.opened || 0) + (x.outcomes.answered || 0);
  const refused = (x) => ['limited', 'unavailable', 'origin_failed', 'failed']
    .reduce((sum, key) => sum + (x.outcomes[key] || 0), 0);
  if (before && before.started === o.started) {
    const seconds = (new Date(o.time) - new Date(before.time)) / 1000;
    if (seconds > 0.2) {
      const rate = (served(o) - served(before)) / seconds;
      text(at('rate'), rate >= 100 ? count(Math.round(rate)) : rate.toFixed(1));
    }
  }
  text(at('rate-sub'), count(served(o)) + ' since the start');
  const all = served(o) + refused(o);
  text(at('share'), all ? (100 * served(o) / all).toFixed(all === served(o) ? 0 : 1) + ' %' : '–');
  text(at('share-sub'), count(refused(o)) + ' not served');
  const waiting = Object.entries(o.waiting);
  text(at('waiting'), count(waiting.reduce((sum, [, n]) => sum + n, 0)));
  text(at('waiting-sub'), waiting.filter(([, n]) => n).map(([type, n]) => type + ' ' + n).join(', ') || 'for room in a limit');
  before = o;
  const words = [];
  if (o.rejected) words.push('The configuration file was refused:\n' + o.rejected);
  if (o.frozen) words.push('This machine reaches nobody: nothing is concluded about proxies until it does.');
  notice(words.join('\n'));
}

function notice(words) {
  text(at('notice'), words);
  at('notice').hidden = !words;
}

function drawPool() {
  const states = new Map();
  for (const p of proxies) states.set(p.state.state, (states.get(p.state.state) || 0) + 1);
  const serving = ['up', 'suspect', 'probation'].reduce((sum, s) => sum + (states.get(s) || 0), 0);
  text(at('serving'), count(serving) + ' of ' + count(proxies.length));
  const apart = [[proxies.length - serving, ' out'], [states.get('suspect'), ' suspect'], [states.get('probation'), ' on probation']];
  text(at('serving-sub'), apart.filter(([n]) => n).map(([n, word]) => count(n) + word).join(', ') || 'all of them');
  const known = [...ORDER].reverse().filter((s) => states.has(s));
  const print = JSON.stringify(known.map((s) => [s, states.get(s)]));
  const strip = at('strip');
  if (strip.print !== print) {
    strip.print = print;
    strip.replaceChildren(...known.map((s) => {
      const part = made('i', toneOf(s));
      part.style.flexGrow = states.get(s);
      return part;
    }));
    strip.setAttribute('aria-label', known.map((s) => states.get(s) + ' ' + wordOf(s)).join(', ') || 'no proxies');
    at('legend').replaceChildren(...known.map((s) => made('li', toneOf(s), states.get(s) + ' ' + wordOf(s))));
  }
  drawProxies();
}

function shownProxies() {
  const wanted = at('find').value.trim().toLowerCase();
  const unwell = at('unwell').checked;
  const fits = (p) => (!unwell || p.state.state !== 'up')
    && (!wanted || [p.id, p.document.name, p.document.provider, wordOf(p.state.state), ...p.state.groups, ...[p.document.tags || []].flat()]
      .some((t) => t && String(t).toLowerCase().includes(wanted)));
  const value = (p) => sort.key === 'id' ? p.id : sort.key === 'state' ? ORDER.indexOf(p.state.state) : p.state[sort.key];
  const names = new Intl.Collator('en', { numeric: true });
  return proxies.filter(fits).sort((a, b) => {
    const x = value(a), y = value(b);
    const by = typeof x === 'string' ? names.compare(x, y) : x - y;
    return (sort.up ? by : -by) || names.compare(a.id, b.id);
  });
}

function drawProxies() {
  const shown = shownProxies();
  rows(at('proxies').tBodies[0], shown, (p) => p.id, (p) => {
    const s = p.state;
    const name = heading(p.id);
    if (p.document.name) name.append(made('small', '', p.document.name));
    name.title = p.document.url || '';
    const state = cell('', badge(s.state));
    const why = [s.verdict && s.state !== 'up' ? s.verdict.toLowerCase().replaceAll('_', ' ') : '', s.until ? until(s.until) : '']
      .filter(Boolean).join(', ');
    if (why) state.append(made('span', 'why', why));
    return [
      name, state, cell('soft', s.groups.join(', ')),
      cell('number', count(s.tunnels)),
      cell('number', s.opened || s.failed ? (s.setupMillis < 10 ? s.setupMillis.toFixed(1) : Math.round(s.setupMillis)) + ' ms' : '–'),
      cell('number', s.opened || s.failed ? Math.round(100 * s.successRate) + ' %' : '–'),
      cell('number', size(s.bytesDown)),
    ];
  });
  text(at('found'), shown.length === proxies.length ? count(proxies.length) + ' proxies' : count(shown.length) + ' of ' + count(proxies.length));
}

// Many proxies that fare alike everywhere would only repeat each other: then those that do not are shown.
function drawMatrix(m) {
  const blocked = new Map(m.blocked.map((pair) => [pair.proxy + '\n' + pair.origin, pair]));
  const touched = new Set(m.blocked.map((pair) => pair.proxy));
  const many = m.proxies.length > 40;
  const shown = many ? m.proxies.filter((p) => touched.has(p.id) || p.state !== 'up') : m.proxies;
  const fine = m.proxies.length - shown.length;
  const cellOf = (p, o) => blocked.get(p.id + '\n' + o.origin) || { origin: o.origin, state: p.state === 'up' ? 'ok' : p.state };
  const unwell = m.proxies.reduce((sum, p) => sum + m.origins.filter((o) => cellOf(p, o).state !== 'ok').length, 0);
  const down = m.origins.filter((o) => o.down).length;
  at('matrix').parentElement.classList.toggle('steady', many);
  text(at('matrix-sub'), m.origins.length === 0 ? '' : [
    down ? (down === 1 ? '1 target' : count(down) + ' targets') + ' down' : '',
    unwell ? count(unwell) + ' not well' : down ? '' : 'all well',
    many ? count(fine) + (unwell ? ' more' : '') + ' fare well everywhere' : '',
  ].filter(Boolean).join(', '));
  const table = at('matrix');
  rows(table.tHead, m.origins.length ? [m.origins] : [], () => 'head', (origins) => [
    heading('', 'col'),
    ...origins.map((o) => {
      const node = heading(o.origin, 'col');
      node.title = o.origin + (o.down ? ', down since ' + clock(o.since) : '') + ', ' + o.tunnels + ' tunnels';
      if (o.down) node.append(' ', badge('down'));
      return node;
    })]);
  const empty = m.origins.length === 0 ? [{ none: 'No target has an open tunnel, is down or shuts a proxy out.' }]
    : shown.length === 0 ? [{ none: 'Every proxy fares well everywhere.' }] : null;
  rows(table.tBodies[0], empty || shown.map((p) => ({
    id: p.id, state: p.state,
    cells: m.origins.map((o) => cellOf(p, o)),
  })), (r) => r.id || 'none', (r) => r.none ? [cell('empty', r.none)] : [
    heading(r.id),
    ...r.cells.map((c) => {
      const mark = made('span', 'cell ' + toneOf(c.state), wordOf(c.state) + (c.until ? ' ' + until(c.until).replace('until ', '→ ') : ''));
      mark.title = r.id + ' at ' + c.origin + ': ' + wordOf(c.state)
        + (c.verdict ? ' (' + c.verdict.toLowerCase().replaceAll('_', ' ') + ')' : '') + (c.until ? ' ' + until(c.until) : '');
      return cell('', mark);
    })]);
}

function drawLimits(l) {
  const fullest = l.items
    .map((i) => ({ ...i, part: i.capacity ? i.used / i.capacity : 0 }))
    .sort((a, b) => b.part - a.part || a.scope.localeCompare(b.scope) || a.kind.localeCompare(b.kind));
  const shown = fullest.slice(0, 100);
  text(at('limits-sub'), fullest.length > shown.length ? 'the fullest 100 of ' + count(fullest.length) : fullest.length ? 'the fullest first' : '');
  const empty = fullest.length === 0 ? [{ none: 'No limits are declared.' }] : null;
  rows(at('limits').tBodies[0], empty || shown, (i) => i.none ? 'none' : i.scope + '#' + i.kind, (i) => {
    if (i.none) {
      const only = cell('empty', i.none);
      only.colSpan = 4;
      return [only];
    }
    const gauge = made('meter');
    gauge.max = i.capacity;
    gauge.low = i.capacity * 0.75;
    gauge.high = i.capacity * 0.9;
    gauge.optimum = 0;
    gauge.value = Math.min(i.used, i.capacity);
    gauge.setAttribute('aria-label', i.scope + ' ' + i.kind);
    const used = made('div', 'meter');
    used.append(gauge, count(i.used) + ' of ' + count(i.capacity));
    const left = cell('number', count(i.headroom));
    if (i.rejected) left.title = count(i.rejected) + ' refused for want of room';
    return [heading(i.scope), cell('soft', i.kind + (i.seconds ? ' / ' + span(i.seconds) : '')), cell('', used), left];
  });
}

const events = [];

function addEvent(event) {
  if (event.seq <= lastSeen) return;
  lastSeen = event.seq;
  events.unshift(event);
  if (events.length > MOST_EVENTS) events.pop();
  if (!at('pause').checked) drawEvents();
}

// What is known in parts is said more shortly than the message does.
function sentence(e) {
  const about = [e.proxy && e.proxy.id, e.origin].filter(Boolean).join(' at ') || e.provider;
  if (!about || !e.action) return e.message;
  const verdict = e.verdict ? e.verdict.toLowerCase().replaceAll('_', ' ') : '';
  return about + ' – ' + [e.action, verdict, e.until ? until(e.until) : ''].filter(Boolean).join(', ');
}

function drawEvents() {
  text(at('events-sub'), events.length ? '' : 'Nothing has happened yet.');
  const tones = { info: 'good', warning: 'mild', error: 'bad' };
  rows(at('events'), events, (e) => String(e.seq), (e) => {
    const time = made('time', '', clock(e.time));
    time.dateTime = e.time;
    const kind = made('span');
    const evidence = (e.evidence || []).map((x) => x.class + ' by ' + x.via + ' to ' + x.to).join(', ');
    kind.append(made('span', 'state ' + (tones[e.severity] || 'off'), e.type));
    const words = made('p', '', sentence(e));
    if (evidence) words.title = evidence;
    return [time, kind, words];
  });
}

// --- living -----------------------------------------------------------------------------------------------------

function live(state, words) {
  const link = at('link');
  if (link.dataset.live !== state) link.dataset.live = state;
  text(link, words);
}

let asking = false;
let again = false;

async function refresh() {
  if (asking) { again = true; return; }
  asking = true;
  clearTimeout(timer);
  try {
    const [overview, pool, matrix, limits] = await Promise.all(
      ['v1/overview', 'v1/proxies', 'v1/matrix', 'v1/limits'].map(ask));
    proxies = pool.items;
    at('main').hidden = false;
    drawOverview(overview);
    drawPool();
    drawMatrix(matrix);
    drawLimits(limits);
    live('yes', 'live');
    document.body.dataset.drawn = 'yes';
    if (!following) follow();
  } catch (e) {
    if (e instanceof Unknown) { login(token ? 'That is not the token.' : ''); return; }
    live('no', e instanceof TypeError ? 'Proxyter does not answer: trying again' : e.message);
  } finally {
    asking = false;
  }
  timer = setTimeout(refresh, again ? 300 : document.hidden ? 5 * EVERY : EVERY);
  again = false;
}

// The browser's own EventSource cannot send a token, so the stream is read here.
async function follow() {
  following = new AbortController();
  try {
    if (!lastSeen) (await ask('v1/events?limit=100')).items.forEach(addEvent);
    drawEvents();
    const answer = await fetch('v1/events?after=' + lastSeen, {
      headers: headers({ accept: 'text/event-stream', 'last-event-id': String(lastSeen) }),
      signal: following.signal, cache: 'no-store',
    });
    if (!answer.ok) throw new Error();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const parts = (rest + value).split('\n\n');
      rest = parts.pop();
      for (const part of parts) hear(part);
    }
  } catch { /* Tried again below. */ }
  setTimeout(() => { following = null; }, EVERY);
}

function hear(part) {
  const lines = part.split('\n');
  const data = lines.filter((l) => l.startsWith('data: ')).map((l) => l.slice(6)).join('\n');
  if (!data) return;
  const event = JSON.parse(data);
  // A journal that began anew counts from one again.
  if (lines.includes('event: gap')) { if (event.upTo === 0) lastSeen = 0; return; }
  addEvent(event);
  refresh();
}

function login(words) {
  text(at('login-error'), words);
  live('', 'waiting for the token');
  if (!at('login').open) at('login').showModal();
  at('token').focus();
}

at('login').addEventListener('cancel', (e) => e.preventDefault());
at('login-form').addEventListener('submit', (e) => {
  e.preventDefault();
  token = at('token').value.trim();
  sessionStorage.setItem(KEY, token);
  at('token').value = '';
  at('login').close();
  refresh();
});
for (const id of ['find', 'unwell']) at(id).addEventListener('input', drawProxies);
at('pause').addEventListener('input', drawEvents);
at('proxies').tHead.addEventListener('click', (e) => {
  const key = e.target.dataset.sort;
  if (!key) return;
  sort = { key, up: sort.key === key ? !sort.up : key === 'id' || key === 'state' };
  drawSort();
  drawProxies();
});
function drawSort() {
  for (const button of at('proxies').tHead.querySelectorAll('button')) {
    const th = button.parentElement;
    if (button.dataset.sort === sort.key) th.setAttribute('aria-sort', sort.up ? 'ascending' : 'descending');
    else th.removeAttribute('aria-sort');
  }
}
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });

drawSort();
refresh();
