// A report's id -> all that is shown of it, from its own file and those of the API.
(function () {
  "use strict";
  const { compare, files } = (typeof self !== "undefined" ? self : globalThis).nianbao;
  const API = "api/v1/";

  /**
   * One report: `{id, unit, year, path, about, report, form, forms}`: `about` is its unit's file, `form` its form's,
   * `forms` by table id the form's table. Of what did not come stands `fault`: "unit" or "year" (not in the archive),
   * "moved" (to the unit `moved`), "broken" or "network"; the unit may be known all the same.
   */
  async function column(id) {
    const [unit, year] = id.split("/");
    const told = { id, unit, year: Number(year), path: "units/" + id + "/", about: null, fault: "" };
    try {
      const wanted = files.json(told.path + "report.json").catch((error) => error); // both at once
      const about = await files.json(API + "units/" + unit + ".json");
      if (about.moved_to) return Object.assign(told, { fault: "moved", moved: about.moved_to });
      told.about = about;
      const report = await wanted;
      if (report instanceof Error) throw report;
      Object.assign(told, await described(report, told));
    } catch (error) {
      if (!(error instanceof files.Failure)) console.error(error);
      told.fault = error.kind === "missing" ? (told.about ? "year" : "unit") : error.kind || "broken";
    }
    return told;
  }

  async function described(report, told) {
    if (report.unit !== told.unit || report.year !== told.year) {
      throw new files.Failure("broken", told.path, "another report");
    }
    const form = await formOf(report.form);
    const forms = {};
    for (const id of Object.keys(report.tables)) {
      const own = report.table_forms ? await formOf(report.table_forms[id]) : form;
      const table = own.tables.find((one) => one.id === id);
      if (table) forms[id] = Object.assign({ form: own.id, formName: own.name }, table);
    }
    return { report, form, forms };
  }

  async function formOf(id) {
    const { forms } = await files.json(API + "index.json");
    return files.json(API + forms.find((one) => one.id === id).href);
  }

  /** The figures that mean the same in every form that has them: a set of "table.row.column". */
  async function same() {
    const found = new Set();
    for (const { indicators } of (await files.json(API + "indicators.json")).groups) {
      for (const { ways } of indicators.filter((one) => one.same)) {
        for (const [cell, more] of ways) if (!more) found.add([cell.table, cell.row, cell.column].join("."));
      }
    }
    return found;
  }

  compare.columns = { column, same };
})();
