import { KIND_RANK } from '#core/entry/row-order.ts';

/** Folders that tools fill by themselves and can fill again, by names that nobody gives to anything else. */
const GENERATED = new Set([
  ...['node_modules', 'bower_components', '.pnpm-store', '.npm', '.next', '.nuxt', '.svelte-kit', '.parcel-cache', '.turbo', '.angular'],
  ...['__pycache__', '.pytest_cache', '.mypy_cache', '.ruff_cache', '.hypothesis', '.tox', '.nox', '.venv', '.eggs', '.ipynb_checkpoints'],
  ...['.gradle', '.dart_tool', '.stack-work', 'dist-newstyle', 'elm-stuff', '.zig-cache', 'zig-cache', 'zig-out', '.terraform'],
  ...['.sass-cache', '.nyc_output', '.ccache', '.cache', 'deriveddata', '.vagrant', '.direnv'],
]);

/** Names that people use too: only beside the file that says which tool fills them. */
const GENERATED_BESIDE: Record<string, readonly string[]> = {
  target: ['Cargo.toml', 'pom.xml', 'build.sbt', 'project.clj'],
  build: ['build.gradle', 'build.gradle.kts', 'CMakeLists.txt', 'pubspec.yaml', 'meson.build'],
  dist: ['package.json', 'pyproject.toml', 'setup.py'],
  venv: ['pyproject.toml', 'requirements.txt', 'setup.py'],
  vendor: ['composer.json'],
  pods: ['Podfile'],
  _build: ['mix.exs', 'dune-project', 'rebar.config'],
  deps: ['mix.exs'],
};

/** What version control keeps for itself: the folder says that there is a repository, its inside is nobody's files. */
const REPOSITORIES = new Set(['.git', '.hg', '.svn', '.bzr', '.jj']);

/**
 * @param kind as in `entries.kind`
 * @param hasSibling whether an entry of that name is in the same folder
 */
export function isDevelopmentArtefact(name: string, kind: number, hasSibling: (name: string) => boolean): boolean {
  if (kind !== KIND_RANK.folder) return false;
  const lower = name.toLowerCase();
  if (GENERATED.has(lower)) return true;
  const markers = Object.hasOwn(GENERATED_BESIDE, lower) ? GENERATED_BESIDE[lower] : undefined;
  return markers?.some(hasSibling) ?? false;
}

/** Whether the inside of the folder is left out while the folder itself stays. */
export function isRepositoryInside(name: string): boolean {
  return REPOSITORIES.has(name);
}
