export interface HeadroomPostHook {
  readonly name: string;
}
