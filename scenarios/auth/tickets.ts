/** Whether a parameter is named like something that is good once. */
export const isTicket = (name: string): boolean => /ticket|nonce|otp|one[-_]?time|once/i.test(name);
