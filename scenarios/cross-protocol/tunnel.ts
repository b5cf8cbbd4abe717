/** What the checks of tunnels behind refused upgrades have in common. */
export const common = {
  severity: 'critical',
  reach: 'intrusive',
  cwe: 'CWE-444',
  why: 'A hop that takes the request for the switch, and not the answer, leaves an open tunnel to the server. Whoever sent the request reaches every path of the server through it, past the rules, the authentication and the logs of the hop.',
  remedy:
    'The hop has to wait for the answer, and to tunnel after 101 alone. nginx (1.3.13 and later), HAProxy and Squid do; Apache before 2.4.47 did not (mod_proxy_wstunnel), nor did Varnish configurations that pipe every Upgrade. Ask the server to upgrade only at WebSocket locations, and only with version 13: in nginx an Upgrade header set in those locations alone; in HAProxy "http-request del-header upgrade unless { path_beg /ws }"; in Squid http_upgrade_request_protocols with an acl.',
} as const;
