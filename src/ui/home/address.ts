// The addresses of home and of the labs, relative to this page. What else was asked for (a language, a theme) goes along; what names a
// state of one lab does not.

const kept = ['lang', 'theme'];

function addressWith(add: Readonly<Record<string, string>>): string {
  const before = new URLSearchParams(location.search);
  const query = new URLSearchParams(add);
  for (const name of kept) if (before.has(name)) query.set(name, before.get(name)!);
  return query.size > 0 ? `./?${query}` : './';
}

export const homeAddress = (): string => addressWith({});

export const labAddress = (lab: string): string => addressWith({ lab });
