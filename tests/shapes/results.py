"""The results that pyshacl finds: component, focus node, path and value, a line each. Paths that are no IRI are written as `path`."""
import sys
import pyshacl, rdflib
from rdflib.namespace import SH

graph = rdflib.Graph()
data, shapes = sys.argv[1:]
if data.endswith(".nq"):
    for quad in rdflib.Dataset().parse(data, format="nquads").quads():
        graph.add(quad[:3])
else:
    graph.parse(data)
conforms, report, _ = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(shapes), advanced=False)
lines = []
top = set(report.objects(None, SH.result))
for result in top:
    value = lambda p: report.value(result, p)
    path = value(SH.resultPath)
    lines.append(" ".join([
        value(SH.sourceConstraintComponent).split("#")[1].replace("ConstraintComponent", ""),
        value(SH.resultSeverity).split("#")[1],
        value(SH.focusNode).n3(),
        "-" if path is None else path.n3() if isinstance(path, rdflib.URIRef) else "path",
        "-" if value(SH.value) is None else value(SH.value).n3(),
    ]))
print(conforms)
print("\n".join(sorted(lines)))
