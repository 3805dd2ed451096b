import type { Random } from './random.ts';

/** Where a name comes from. */
export type Culture =
  | 'american'
  | 'british'
  | 'german'
  | 'bulgarian'
  | 'indian'
  | 'brazilian'
  | 'chinese'
  | 'japanese';

interface NameList {
  readonly given: readonly string[];
  readonly family: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const NAMES: Readonly<Record<Culture, NameList>> = {
  american: {
    given:
      words(`Ava Liam Noah Emma Mason Olivia Ethan Sophia Logan Isabella Carter Harper Wyatt Evelyn Jackson
      Abigail Grayson Madison Hunter Chloe Marcus Naomi Tyler Jasmine`),
    family:
      words(`Anderson Brooks Carter Diaz Ellis Foster Garcia Harrison Jenkins Kowalski Lopez Mitchell Nelson
      O'Brien Parker Ramirez Sullivan Turner Washington Young Coleman Bennett Hayes Reyes`),
  },
  british: {
    given:
      words(`Oliver Amelia Harry Isla George Freya Alfie Poppy Archie Imogen Rhys Niamh Callum Eilidh Finlay
      Siân Edward Beatrice Hamish Zoë`),
    family: words(`Ashworth Bennett Clarke Davies Edwards Fraser Griffiths Hughes Iqbal Jones Khan Llewellyn
      Macdonald Nichols Okafor Pritchard Quinn Stewart Whitaker Wright`),
  },
  german: {
    given:
      words(`Anna Jürgen Lena Jonas Käthe Lukas Mia Felix Hannah Björn Jörg Greta Moritz Klara Emil Frieda
      Matthias Ayşe Elif Kerem Svenja Tobias`),
    family:
      words(`Müller Schäfer Weiß Fischer Becker Schröder Köhler Bauer Yılmaz Krüger Lehmann Hoffmann Günther
      Jäger Vogel Özdemir Richter Wagner Zimmermann Öztürk`),
  },
  bulgarian: {
    given:
      words(`Boyan Desislava Georgi Elitsa Ivan Gergana Kaloyan Iva Martin Kalina Nikolay Lyubomira Petar Maria
      Stoyan Nadezhda Todor Rositsa Vasil Tsvetelina`),
    family:
      words(`Angelov Barnev Chakarov Dimitrov Georgiev Hristov Ivanov Kolev Lazarov Marinov Nikolov Petrov
      Stoyanov Todorov Uzunov Vasilev Yordanov Zhelev`),
  },
  indian: {
    given:
      words(`Aarav Ananya Arjun Diya Rohan Isha Karthik Kavya Vikram Meera Nikhil Pooja Rahul Priya Sanjay
      Shreya Aditya Lakshmi Imran Fatima`),
    family:
      words(`Agarwal Banerjee Chatterjee Desai Gupta Iyer Joshi Kapoor Khan Kulkarni Mehta Menon Nair Patel
      Rao Reddy Shah Sharma Singh Verma`),
  },
  brazilian: {
    given:
      words(`João Beatriz Lucas Camila Mateus Débora Rafael Fernanda Thiago Letícia Gabriel Júlia André Larissa
      Felipe Mônica Bruno Antônia Caio Renata`),
    family:
      words(`Almeida Araújo Barbosa Cardoso Costa Gonçalves Ferreira Gomes Lima Magalhães Moreira Nascimento
      Oliveira Pereira Ribeiro Santos Silva Souza Vieira Conceição`),
  },
  chinese: {
    given: words(`Wei Mei Jun Xiu Hao Ling Jian Yan Ming Hui Cheng Fang Kai Li Qiang Na Tao Ting Yong Zhen`),
    family: words(`Chan Chen Goh Huang Koh Lee Lim Lin Ng Ong Tan Teo Wang Wong Wu Yeo Zhang Zhao Zhou Lü`),
  },
  japanese: {
    given: words(`Haruto Yui Sota Aoi Yuto Hina Ren Sakura Kaito Rin Takumi Mio Daiki Nanami Shun Akari Kenji
      Misaki Ryo Emi`),
    family:
      words(`Satō Suzuki Takahashi Tanaka Watanabe Itō Yamamoto Nakamura Kobayashi Katō Yoshida Yamada Sasaki
      Matsumoto Inoue Kimura Hayashi Shimizu Saitō Ōno`),
  },
};

const CULTURES: readonly Culture[] = [
  'american',
  'british',
  'german',
  'bulgarian',
  'indian',
  'brazilian',
  'chinese',
  'japanese',
];

/** A given and a family name, mostly of the place's own culture. */
export function personName(random: Random, local: Culture): { givenName: string; familyName: string } {
  const culture = random.fraction() < 0.7 ? local : random.oneOf(CULTURES);
  return { givenName: random.oneOf(NAMES[culture].given), familyName: random.oneOf(NAMES[culture].family) };
}

/** A family name to take on marriage, other than the present one. */
export function otherFamilyName(random: Random, present: string): string {
  const choices = NAMES[random.oneOf(CULTURES)].family.filter((name) => name !== present);
  return random.oneOf(choices);
}

/** Letters that do not decompose into an ASCII letter and a mark. */
const SPELLED_OUT: Readonly<Record<string, string>> = { ß: 'ss', ı: 'i', ø: 'o', ł: 'l', đ: 'd' };

/** The name as it stands in a mail address: lower-case ASCII letters only. */
export function mailName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[ßıøłđ]/g, (letter) => SPELLED_OUT[letter] ?? letter)
    .normalize('NFD')
    .replace(/[^a-z]/g, '');
}
