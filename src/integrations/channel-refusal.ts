/** The other side said no for good: sending it again would get the same answer. Any other error is worth another try. */
export class ChannelRefusal extends Error {
  override readonly name = 'ChannelRefusal';

  /** @param code REJECTED · GONE · ADDRESS_FORBIDDEN · BAD_SECRET */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
