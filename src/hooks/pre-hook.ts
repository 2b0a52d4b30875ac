export interface HeadroomPreHook {
  readonly name: string;
}
