// What offices still run: no browser interface that it does not have.
import parser from "@typescript-eslint/parser";
import compat from "eslint-plugin-compat";

export default [{ ...compat.configs["flat/recommended"], files: ["src/**/*.ts"], languageOptions: { parser }, settings: { lintAllEsApis: true } }];
