import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/compression/detect.ts';

const KINDS: Readonly<Record<string, readonly [kind: string, text: string]>> = {
  'grep -rn': ['search', 'src/a.ts:12:const a = 1;\nsrc/a.ts:40:  a += 1;\nlib/b.py:3:import a\n'],
  'rg with context': [
    'search',
    'src/v1-2-3/a.ts-11-{\nsrc/v1-2-3/a.ts:12:  run();\nsrc/v1-2-3/a.ts-13-}\n--\nb.ts:1:run\nb.ts:9:run\n',
  ],
  'rg --heading': ['search', 'src/a.ts\n12:const a = 1;\n40:  a += 1;\n\nlib/b.py\n3:import a\n'],
  'rg in logs': [
    'search',
    'logs/app.log:12:2024-05-01T00:00:01Z ERROR gone\nlogs/app.log:19:2024-05-01T00:00:09Z ERROR gone\nlogs/old.log:3:2024-04-01T00:00:09Z ERROR gone\n',
  ],
  'a diff that was cut in its last hunk': ['diff', '--- a/x\n+++ b/x\n@@ -1,40 +1,40 @@\n-one\n+two\n three\n'],
  'git grep -p': ['search', 'src/a.py=4=class A:\nsrc/a.py:12:    run()\nsrc/a.py:30:    run()\nsrc/b.py:1:run()\n'],
  'an index of symbols': [
    'search',
    'Attempt  enum  src/model.rs:120  -\nBUCKET  variable  src/a.py:16  -\nmain  function  src/a.py:90  ()\n',
  ],
  'a git diff': ['diff', 'diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n'],
  'a plain diff': ['diff', '--- x.orig\n+++ x\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n'],
  'a rename and a mode': [
    'diff',
    'diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\ndiff --git a/z b/z\nold mode 100644\nnew mode 100755\n',
  ],
  'git log --oneline': ['commits', 'a1b2c3d (HEAD -> main) Add\nb2c3d4e Fix the lock\nc3d4e5f Merge branch x\n'],
  'git log --name-status': [
    'commits',
    'commit a1b2c3d4e5\nAuthor: Ana <a@b.c>\n\n    Add\n\nA\tsrc/a.ts\ncommit b2c3d4e5f6\n\n    Fix\n\nM\tx.ts\ncommit c3d4e5f6a7\n\n    Fix\n',
  ],
  find: ['listing', 'src/a.ts\nsrc/model/b.ts\nsrc/model/c.ts\nREADME.md\ntest/a.test.ts\n'],
  du: ['listing', '4096\t./src\n812\t./src/model\n12K\t./test\n0\t./docs\n9\t./docs/a.md\n'],
  'git status --short': ['listing', 'M\tsrc/a.ts\nA\tsrc/b.ts\n??\tsrc/c.ts\nD\tsrc/d.ts\nM\ttest/e.ts\n'],
  tree: ['listing', '.\n├── src\n│   ├── a.ts\n│   └── b.ts\n├── test\n│   └── c.ts\n└── README.md\n'],
  'ls -l': [
    'listing',
    'total 8\n-rw-r--r-- 1 ana ana 12 2024-05-01 a.ts\n-rw-r--r-- 1 ana ana 12 May  1 10:00 b.ts\ndrwxr-xr-x 2 ana ana 4096 2024-05-01 src\n-rw-r--r-- 1 ana ana 1 2024-05-01 c.ts\n',
  ],
  'times that look like hits': [
    'log',
    '2024-05-01T00:00:01 INFO listening\n2024-05-01T00:00:02 WARN slow\n2024-05-01T00:00:03 ERROR down\n',
  ],
  'a server log with dates as paths': [
    'log',
    '2024/05/01 06:55:46 [error] 31#31: *7 connect() failed\n2024/05/01 06:55:47 [warn] 31#31: *9 buffered\n2024/05/01 06:55:50 [error] 31#31: *12 open() failed\n',
  ],
  'the output of a compiler': [
    'log',
    "src/a.c:12:5: error: expected ';'\nsrc/a.c:20:1: warning: unused\nsrc/b.c:3:9: error: no such file\n",
  ],
  'numbers that look like hashes': [
    'log',
    '1131566461 2005.11.09 node1 up\n1131566462 2005.11.09 node1 down\n1131566463 2005.11.09 node1 up\n',
  ],
  'hunks that do not add up': ['text', '@@ -1,9 +1,9 @@\n a\n@@ -9,9 +9,9 @@\n b\n@@ -20,9 +20,9 @@\n c\n'],
  'a file that was printed with numbers': [
    'text',
    '[File: src/a.py (900 lines total)]\n281:def f():\n282:    a = 1\n283:    b = 2\n284:    return a\n285:\n286:def g():\n',
  ],
  'a list in prose': ['text', '- read the file\n- then write it\n- see src/a.ts for more\n- done\n- really\n'],
};

describe('what tools about code print', () => {
  for (const [title, [kind, text]] of Object.entries(KINDS)) {
    test(`is told apart: ${title}`, () => {
      expect(detect(text).kind).toBe(kind);
    });
  }
});
