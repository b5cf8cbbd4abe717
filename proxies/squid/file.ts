/** Where lines of Squid's go, where any place in the file will do. */
export const SQUID_CONF = 'squid.conf';
