/** Stands for an error that nobody threw: an HTTP status, or an error event. Its name is what events tell of it. */
export class NamedError extends Error {
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}
