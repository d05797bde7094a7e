"""Prints each failed test of the given .trx files with the first lines of what it said."""
import sys
import xml.etree.ElementTree as ElementTree

LINES_EACH = 12
NAMESPACE = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}"

for path in sys.argv[1:]:
    try:
        results = ElementTree.parse(path).getroot().iter(NAMESPACE + "UnitTestResult")
    except (OSError, ElementTree.ParseError) as error:
        print(f"{path}: {error}")
        continue
    for result in results:
        if result.get("outcome") != "Failed":
            continue
        print(f"FAILED {result.get('testName')} after {result.get('duration')}")
        said = [text.text or "" for kind in ("Message", "StackTrace") for text in result.iter(NAMESPACE + kind)]
        for line in "\n".join(said).splitlines()[:LINES_EACH]:
            print(f"    {line[:300]}")
