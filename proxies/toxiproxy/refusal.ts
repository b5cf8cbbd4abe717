/** An error as the API tells it, with its HTTP status. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const badBody = (why: string) => new Refusal(400, `bad request body: ${why}`);
export const missing = (field: string) => new Refusal(400, `missing required field: ${field}`);
