/** The seven products of the public CRM sales data set. Its prices name no currency; here they are yuan by decision. */
export const PRODUCTS = [
  ['GTX Basic', 'GTX', '550'],
  ['GTX Pro', 'GTX', '4821'],
  ['MG Special', 'MG', '55'],
  ['MG Advanced', 'MG', '3393'],
  ['GTX Plus Pro', 'GTX', '5482'],
  ['GTX Plus Basic', 'GTX', '1096'],
  ['GTK 500', 'GTK', '26768'],
] as const;
export const CURRENCY = 'CNY';
