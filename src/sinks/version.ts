/** Version of this package, as metrics and spans tell it. */
export const VERSION = '0.1.0';
