import type { Site } from '../../harness/model.js';

/**
 * The rules of the squid.conf that Squid ships, with its advice to let the local network in taken.
 * `any` adds the port of the site's upstream to those that CONNECT may lead to.
 */
export const access = (connect: 'default' | 'any', { upstream }: Site): string => `
acl localnet src 10.0.0.0/8 100.64.0.0/10 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 fc00::/7 fe80::/10
acl SSL_ports port 443
${connect === 'any' ? `acl SSL_ports port ${upstream.port}\n` : ''}\
acl Safe_ports port 80 21 443 70 210 1025-65535 280 488 591 777
http_access deny !Safe_ports
http_access deny CONNECT !SSL_ports
http_access allow localhost manager
http_access deny manager
http_access allow localnet
http_access allow localhost
http_access deny all
`;
