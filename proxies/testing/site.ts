import type { Site } from '../../harness/model.js';

/** A site to write configurations for, without anything being there. */
export const siteOf = (change: Partial<Site> = {}): Site => ({
  listen: { host: '127.0.0.1', port: 8080 },
  upstream: { host: '10.0.0.2', port: 9000 },
  upstreamTls: false,
  ports: { ready: { host: '127.0.0.1', port: 8081 } },
  dir: '/lab/hop',
  cert: '/lab/hop/cert.pem',
  key: '/lab/hop/key.pem',
  ca: '/lab/hop/ca.pem',
  caKey: '/lab/hop/ca-key.pem',
  name: 'gauntlet.test',
  saw() {},
  ...change,
});
