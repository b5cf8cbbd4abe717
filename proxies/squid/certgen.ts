/**
 * Runs Squid's certificate helper from wherever the distribution put it: the default of `sslcrtd_program` names
 * a database that has to be made first. Without `-s` there is none on disk.
 */
export const certgen = `\
#!/bin/sh
for folder in /usr/lib/squid /usr/lib64/squid /usr/libexec/squid /usr/local/libexec/squid \\
  /usr/local/squid/libexec /opt/homebrew/opt/squid/libexec; do
  [ -x "$folder/security_file_certgen" ] && exec "$folder/security_file_certgen"
done
echo 'security_file_certgen was not found' >&2
exit 1
`;
