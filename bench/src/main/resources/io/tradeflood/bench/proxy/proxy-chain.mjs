// proxy-chain as its users run it: checks who comes in, takes the upstream proxies in turn.
import { Server } from 'proxy-chain';

const [port, user, secret, upstreamUser, upstreamSecret, ...upstreams] = process.argv.slice(2);
let next = 0;
const server = new Server({
  port: Number(port),
  host: '127.0.0.1',
  prepareRequestFunction: ({ username, password }) => ({
    requestAuthentication: username !== user || password !== secret,
    upstreamProxyUrl: `http://${upstreamUser}:${upstreamSecret}@127.0.0.1:${upstreams[next++ % upstreams.length]}`,
  }),
});
await server.listen();
