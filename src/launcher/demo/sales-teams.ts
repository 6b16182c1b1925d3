/** Regions, their team leads and sales agents: the teams table of the public CRM sales data set the demo is built on. */
export const SALES_TEAMS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Central: {
    'Dustin Brinkmann': [
      'Anna Snelling',
      'Cecily Lampkin',
      'Versie Hillebrand',
      'Lajuana Vencill',
      'Moses Frase',
    ],
    'Melvin Marxen': [
      'Jonathan Berthelot',
      'Marty Freudenburg',
      'Gladys Colclough',
      'Niesha Huffines',
      'Darcel Schlecht',
      'Mei-Mei Johns',
    ],
  },
  East: {
    'Cara Losch': [
      'Violet Mclelland',
      'Corliss Cosme',
      'Rosie Papadopoulos',
      'Garret Kinder',
      'Wilburn Farren',
      'Elizabeth Anderson',
    ],
    'Rocco Neubert': [
      'Daniell Hammack',
      'Cassey Cress',
      'Donn Cantrell',
      'Reed Clapper',
      'Boris Faz',
      'Natalya Ivanova',
    ],
  },
  West: {
    'Celia Rouche': [
      'Vicki Laflamme',
      'Rosalina Dieter',
      'Hayden Neloms',
      'Markita Hansen',
      'Elease Gluck',
      'Carol Thompson',
    ],
    'Summer Sewald': [
      'James Ascencio',
      'Kary Hendrixson',
      'Kami Bicknell',
      'Zane Levy',
      'Maureen Marcano',
      'Carl Lin',
    ],
  },
};
