import { posix } from 'node:path';
import { LAB_NAME } from '../lab.js';
import type { Address, Intermediary, Lab, Program, Service, Site, Surroundings } from '../model.js';

/** What a runtime has found for a program to live in. */
export interface Quarters {
  listen: Address;
  ports: Readonly<Record<string, Address>>;
  /** As the program sees it. */
  dir: string;
  /** How a target is reached from there. */
  seen(target: Service | Address): Address;
  /** Host names and addresses at which it will be reached, for its certificate. */
  hosts: readonly string[];
  /** It lives in our own process, which has the CA's key anyway. */
  ours?: boolean;
}

/** Something to be written below the program's folder. */
export interface Written {
  path: string;
  text: string;
  secret: boolean;
}

const nowhere: Address = { host: '127.0.0.1', port: 9 };

/** A site to ask a description for its command line with, before there is one. */
export const sample: Site = {
  listen: nowhere,
  upstream: nowhere,
  upstreamTls: false,
  ports: new Proxy({}, { get: () => nowhere }),
  dir: '/nowhere',
  cert: '/nowhere/cert.pem',
  key: '/nowhere/cert.pem.key',
  ca: '/nowhere/ca.pem',
  caKey: '/nowhere/ca-key.pem',
  name: LAB_NAME,
  saw() {},
};

/** The site of a program, and what has to be written there before the program starts. */
export function furnish(program: Program, around: Surroundings, lab: Lab, quarters: Quarters) {
  const { listen, ports, dir, seen } = quarters;
  const file = (name: string) => posix.join(dir, name);
  const site: Site = {
    listen,
    upstream: around.upstream ? seen(around.upstream) : listen,
    upstreamTls: around.upstreamTls ?? false,
    ...(around.parent && { parent: seen(around.parent) }),
    ports,
    dir,
    cert: file('cert.pem'),
    // Where HAProxy looks for the key of a certificate that has none in its own file.
    key: file('cert.pem.key'),
    ca: file('ca.pem'),
    caKey: file('ca-key.pem'),
    name: LAB_NAME,
    saw: (sighting) => lab.saw(sighting),
    ...(lab.keyLog && { keyLog: lab.keyLog }),
  };
  const leaf = lab.authority.leaf([LAB_NAME, 'localhost', ...new Set(quarters.hosts)], program.certificate);
  const files = program.files?.(site) ?? {};
  const written: Written[] = [
    { path: 'cert.pem', text: leaf.cert, secret: false },
    { path: 'cert.pem.key', text: leaf.key, secret: true },
    { path: 'ca.pem', text: lab.authority.ca, secret: false },
    ...((program as Partial<Intermediary>).inspects || quarters.ours
      ? [{ path: 'ca-key.pem', text: lab.authority.caKey, secret: true }]
      : []),
    ...Object.entries(files).map(([path, text]) => ({ path: below(program, path), text, secret: false })),
  ];
  return { site, files, written };
}

function below(program: Program, path: string): string {
  const plain = posix.normalize(path);
  if (posix.isAbsolute(plain) || plain.split('/')[0] === '..') {
    throw new Error(`${program.name} asks for the file "${path}", which is not below its own folder`);
  }
  return plain;
}
